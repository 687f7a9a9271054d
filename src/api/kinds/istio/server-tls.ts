import type {ServerTls} from '../gateway.js'
import {FINE, merge, refuse, warn, type Verdict} from './verdict.js'

/** What Envoy's TLS library knows (`bssl ciphers -openssl-name ALL`, without PSK). */
const CIPHERS = new Set(
  [
    'ECDHE-ECDSA-AES128-GCM-SHA256 ECDHE-RSA-AES128-GCM-SHA256 ECDHE-ECDSA-AES256-GCM-SHA384 ECDHE-RSA-AES256-GCM-SHA384',
    'ECDHE-ECDSA-CHACHA20-POLY1305 ECDHE-RSA-CHACHA20-POLY1305 ECDHE-ECDSA-AES128-SHA ECDHE-RSA-AES128-SHA ECDHE-ECDSA-AES256-SHA',
    'ECDHE-RSA-AES256-SHA AES128-GCM-SHA256 AES256-GCM-SHA384 AES128-SHA AES256-SHA DES-CBC3-SHA',
  ].flatMap((line) => line.split(' ')),
)
const WITH_CERTIFICATES = ['SIMPLE', 'MUTUAL', 'OPTIONAL_MUTUAL']

/** istiod's verdict on the TLS settings of a Gateway server (istio validation.go validateTLSOptions). */
export function checkServerTls(tls: ServerTls | undefined): Verdict {
  if (tls === undefined) return FINE
  const mode = tls.mode ?? 'PASSTHROUGH'
  const ofVersion = checkVersion(tls)
  if (mode === 'ISTIO_MUTUAL') return merge(ofVersion, refuse(...checkMeshCertificates(tls)))
  return merge(
    ofVersion,
    mode.endsWith('PASSTHROUGH') && hasCertificates(tls) ? warn(`${mode} mode does not use certificates, they will be ignored`) : FINE,
    refuse(...checkSources(tls)),
    WITH_CERTIFICATES.includes(mode) && hasCredential(tls) ? FINE : checkFiles(tls, mode),
  )
}

function checkVersion({minProtocolVersion, cipherSuites = []}: ServerTls): Verdict {
  const isOld = minProtocolVersion === 'TLSV1_0' || minProtocolVersion === 'TLSV1_1'
  const unknown = [...new Set(cipherSuites.filter((suite) => !isCipher(suite)))].sort()
  const repeated = [...new Set(cipherSuites.filter((suite, index) => isCipher(suite) && cipherSuites.indexOf(suite) < index))].sort()
  return warn(
    ...(isOld && cipherSuites.length === 0
      ? ['TLS version below TLSV1_2 require setting compatible ciphers as by default they no longer include compatible ciphers.']
      : []),
    ...(unknown.length === 0 ? [] : [`ignoring invalid cipher suites: [${unknown.join(' ')}]`]),
    ...(repeated.length === 0 ? [] : [`ignoring duplicate cipher suites: [${repeated.join(' ')}]`]),
  )
}

/** Expressions (`-ALL`, `!aNULL`) are not looked into. */
function isCipher(suite: string): boolean {
  return suite === '' || suite === 'ALL' || !/^[\p{L}\p{N}]/u.test(suite) || CIPHERS.has(suite)
}

function hasCredential({credentialName = '', credentialNames = []}: ServerTls): boolean {
  return credentialName !== '' || credentialNames.length > 0
}

function hasCertificates(tls: ServerTls): boolean {
  const {caCrl = '', serverCertificate = '', privateKey = '', caCertificates = '', tlsCertificates = []} = tls
  return [caCrl, serverCertificate, privateKey, caCertificates].some((text) => text !== '') || tlsCertificates.length > 0 || hasCredential(tls)
}

/** The mesh's own certificates leave no room for others. */
function checkMeshCertificates({
  serverCertificate,
  privateKey,
  caCertificates,
  tlsCertificates = [],
  credentialName,
  credentialNames = [],
}: ServerTls): readonly string[] {
  const given: readonly (readonly [boolean, string])[] = [
    [(serverCertificate ?? '') !== '', 'server certificate'],
    [(privateKey ?? '') !== '', 'private key'],
    [(caCertificates ?? '') !== '', 'CA bundle'],
    [tlsCertificates.length > 0, 'tlsCertificates'],
    [(credentialName ?? '') !== '', 'credentialName'],
    [credentialNames.length > 0, 'credentialNames'],
  ]
  return given.filter(([isGiven]) => isGiven).map(([, what]) => `ISTIO_MUTUAL TLS cannot have associated ${what}`)
}

function checkSources({
  serverCertificate = '',
  privateKey = '',
  credentialName = '',
  credentialNames = [],
  tlsCertificates = [],
}: ServerTls): readonly string[] {
  const sources = [serverCertificate !== '' && privateKey !== '', credentialName !== '', credentialNames.length > 0, tlsCertificates.length > 0]
  if (sources.filter(Boolean).length <= 1) return []
  return ['only one of credential_name, credential_names, server_certificate/private_key, tls_certificates should be specified']
}

function checkFiles(tls: ServerTls, mode: string): Verdict {
  const {tlsCertificates = [], caCertificates = '', caCrl = '', credentialName = ''} = tls
  const needsFiles = WITH_CERTIFICATES.includes(mode)
  const prefix = mode === 'SIMPLE' ? 'SIMPLE TLS' : 'MUTUAL TLS'
  const certificates = tlsCertificates.length > 0 ? tlsCertificates : [tls]
  const errors = [
    ...(needsFiles && mode !== 'SIMPLE' && caCertificates === '' ? [`${prefix} requires a client CA bundle`] : []),
    ...(needsFiles ? certificates.flatMap((one) => checkPair(one, prefix)) : []),
    ...(caCrl !== '' && credentialName !== '' ? ['CRL is not supported with credentialName. CRL has to be specified in the credential'] : []),
    ...(caCrl !== '' && mode === 'SIMPLE' ? ['CRL is not supported with SIMPLE TLS'] : []),
  ]
  return merge(needsFiles && tlsCertificates.length > 2 ? warn(`${prefix} can support up to 2 server certificates`) : FINE, refuse(...errors))
}

function checkPair({serverCertificate = '', privateKey = ''}: Pick<ServerTls, 'serverCertificate' | 'privateKey'>, prefix: string): readonly string[] {
  return [...(serverCertificate === '' ? [`${prefix} requires a server certificate`] : []), ...(privateKey === '' ? [`${prefix} requires a private key`] : [])]
}
