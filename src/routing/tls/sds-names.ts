import type {ClientTlsSettings} from '../objects/destination-rule.js'
import type {GatewayTls} from '../objects/gateway.js'
import type {SdsNames} from '../routing.js'
import {CA_SUFFIX, CONFIG_MAP} from './credential-request.js'

/** How Istio names the secrets of a server towards Envoy (istio security/model, credentials.ToResourceName). */
export function serverSdsNames(tls: GatewayTls): SdsNames {
  const {mode, credentialName = '', credentialNames = [], caCertCredentialName = '', caCertificates = '', tlsCertificates = []} = tls
  if (mode === 'ISTIO_MUTUAL') return {certificates: ['default'], authorities: 'ROOTCA'}
  const wantsCa = mode !== 'SIMPLE'
  const names = credentialName === '' ? credentialNames : [credentialName]
  const [first] = names
  if (first !== undefined) {
    return {certificates: names.map(resourceName), ...(wantsCa && {authorities: authoritiesName(caCertCredentialName === '' ? first : caCertCredentialName)})}
  }
  const pairs = tlsCertificates.length > 0 ? tlsCertificates : [tls]
  return {
    certificates: pairs.map(({serverCertificate = '', privateKey = ''}) => `file-cert:${serverCertificate}~${privateKey}`),
    ...(wantsCa && caCertificates !== '' && {authorities: `file-root:${caCertificates}`}),
  }
}

/** The same of TLS towards endpoints. The system's authorities are no secret. */
export function clientSdsNames(settings: ClientTlsSettings): SdsNames {
  const {mode, credentialName = '', insecureSkipVerify = false, clientCertificate = '', privateKey = '', caCertificates = ''} = settings
  const isMutual = mode === 'MUTUAL'
  if (credentialName !== '') {
    return {certificates: isMutual ? [resourceName(credentialName)] : [], ...(!insecureSkipVerify && {authorities: authoritiesName(credentialName)})}
  }
  const hasRoots = !insecureSkipVerify && caCertificates !== '' && caCertificates !== 'system'
  return {certificates: isMutual ? [`file-cert:${clientCertificate}~${privateKey}`] : [], ...(hasRoots && {authorities: `file-root:${caCertificates}`})}
}

function resourceName(credentialName: string): string {
  return credentialName.includes('://') ? credentialName : `kubernetes://${credentialName}`
}

function authoritiesName(credentialName: string): string {
  const name = resourceName(credentialName)
  return name.startsWith(CONFIG_MAP) || name.endsWith(CA_SUFFIX) ? name : `${name}${CA_SUFFIX}`
}
