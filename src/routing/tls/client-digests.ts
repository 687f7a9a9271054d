import type {GatewayTls} from '../objects/gateway.js'
import type {CertificateDigests} from '../routing.js'

/** SHA-256: 64 digits, or pairs of them with colons between. */
const HEX = /^(?:[0-9a-f]{64}|[0-9a-f]{2}(?::[0-9a-f]{2}){31})$/i
/** SHA-256: 32 bytes. */
const BASE64 = /^[A-Za-z0-9+/]{43}=$/

/**
 * Which certificates clients may show, by digest. Only with a credential name, and only where clients are asked for a certificate (istio
 * ApplyCredentialSDSToServerCommonTLSContext). `problem` says which one is no SHA-256 digest: Envoy takes no listener with it then.
 */
export function clientDigests(tls: GatewayTls): {readonly digests?: CertificateDigests; readonly problem?: string} {
  const {verifyCertificateHash = [], verifyCertificateSpki = []} = tls
  if (verifyCertificateHash.length + verifyCertificateSpki.length === 0 || !takeEffect(tls)) return {}
  const hash = verifyCertificateHash.find((text) => !HEX.test(text))
  if (hash !== undefined) return {problem: `verifyCertificateHash ${JSON.stringify(hash)} is no SHA-256 digest in hex`}
  const spki = verifyCertificateSpki.find((text) => !BASE64.test(text))
  if (spki !== undefined) return {problem: `verifyCertificateSpki ${JSON.stringify(spki)} is no SHA-256 digest in base64`}
  return {digests: {certificate: verifyCertificateHash.map((text) => text.replaceAll(':', '').toLowerCase()), publicKey: [...verifyCertificateSpki]}}
}

/** Why digests that are given check nobody; undefined where they do, or where there are none. */
export function unusedDigests(tls: GatewayTls): string | undefined {
  const given = (['verifyCertificateHash', 'verifyCertificateSpki'] as const).filter((field) => (tls[field] ?? []).length > 0)
  if (given.length === 0 || takeEffect(tls)) return undefined
  return `tls.${given.join(' and ')} has no effect: only with a credentialName, and in mode MUTUAL or OPTIONAL_MUTUAL, is it looked at`
}

function takeEffect({mode, credentialName = '', credentialNames = []}: GatewayTls): boolean {
  return (credentialName !== '' || credentialNames.length > 0) && (mode === 'MUTUAL' || mode === 'OPTIONAL_MUTUAL')
}
