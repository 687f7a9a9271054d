import type {JsonObject} from '../../api/object.js'
import type {CertificateDigests, ClientTls, KeyPair, ServerTls, TlsVersion} from '../../routing/routing.js'

const TRANSPORT = 'type.googleapis.com/envoy.extensions.transport_sockets.tls.v3'
/** What Envoy's config dump shows in place of a secret. */
const REDACTED = '[redacted]'

const VERSIONS: Readonly<Record<TlsVersion, string>> = {TLSv1: 'TLSv1_0', 'TLSv1.1': 'TLSv1_1', 'TLSv1.2': 'TLSv1_2', 'TLSv1.3': 'TLSv1_3'}

/** Where TLS ends: Envoy's DownstreamTlsContext. Private keys are never in it. */
export function downstreamTls({mode, certificates, ca, crl, subjectAltNames, digests, minVersion, maxVersion, cipherSuites}: ServerTls): JsonObject {
  const params = {
    tlsMinimumProtocolVersion: VERSIONS[minVersion],
    ...(maxVersion === undefined ? {} : {tlsMaximumProtocolVersion: VERSIONS[maxVersion]}),
    ...(cipherSuites === undefined ? {} : {cipherSuites: [...cipherSuites]}),
  }
  const common = {
    tlsParams: params,
    tlsCertificates: certificates.map(certificateOf),
    ...validation({ca, crl, subjectAltNames, digests}),
    alpnProtocols: ['h2', 'http/1.1'],
  }
  const context = {'@type': `${TRANSPORT}.DownstreamTlsContext`, commonTlsContext: common, requireClientCertificate: mode === 'MUTUAL'}
  return {name: 'envoy.transport_sockets.tls', typedConfig: context}
}

/** TLS towards endpoints: Envoy's UpstreamTlsContext. */
export function upstreamTls({sni, ca, crl, client, subjectAltNames}: ClientTls): JsonObject {
  const common = {...(client === undefined ? {} : {tlsCertificates: [certificateOf(client)]}), ...validation({ca, crl, subjectAltNames})}
  const context = {'@type': `${TRANSPORT}.UpstreamTlsContext`, commonTlsContext: common, ...(sni === undefined ? {} : {sni})}
  return {name: 'envoy.transport_sockets.tls', typedConfig: context}
}

function certificateOf({certificate}: KeyPair): JsonObject {
  return {certificateChain: {inlineString: certificate}, privateKey: {inlineString: REDACTED}}
}

interface Trust {
  readonly ca: string | undefined
  readonly crl: string | undefined
  readonly subjectAltNames: readonly string[] | undefined
  readonly digests?: CertificateDigests | undefined
}

const NO_DIGESTS: CertificateDigests = {certificate: [], publicKey: []}

function validation({ca, crl, subjectAltNames, digests = NO_DIGESTS}: Trust): JsonObject {
  const context = {
    ...(ca === undefined ? {} : {trustedCa: {inlineString: ca}}),
    ...(crl === undefined ? {} : {crl: {inlineString: crl}}),
    ...(subjectAltNames === undefined ? {} : {matchTypedSubjectAltNames: subjectAltNames.map((exact) => ({sanType: 'DNS', matcher: {exact}}))}),
    ...(digests.publicKey.length === 0 ? {} : {verifyCertificateSpki: [...digests.publicKey]}),
    ...(digests.certificate.length === 0 ? {} : {verifyCertificateHash: [...digests.certificate]}),
  }
  return Object.keys(context).length === 0 ? {} : {validationContext: context}
}
