/** BoringSSL's numbers for what it says most often: Envoy prints them. An alert of the peer's is 1000 and its number, in OpenSSL too. */
const REASONS: Readonly<Record<string, number>> = {
  CERTIFICATE_VERIFY_FAILED: 125,
  HTTP_REQUEST: 155,
  NO_SHARED_CIPHER: 184,
  PEER_DID_NOT_RETURN_A_CERTIFICATE: 192,
  UNSUPPORTED_PROTOCOL: 240,
  WRONG_VERSION_NUMBER: 247,
  SSLV3_ALERT_HANDSHAKE_FAILURE: 1040,
  SSLV3_ALERT_BAD_CERTIFICATE: 1042,
  SSLV3_ALERT_CERTIFICATE_EXPIRED: 1045,
  SSLV3_ALERT_CERTIFICATE_UNKNOWN: 1046,
  TLSV1_ALERT_UNKNOWN_CA: 1048,
  TLSV1_ALERT_PROTOCOL_VERSION: 1070,
  TLSV1_UNRECOGNIZED_NAME: 1112,
  TLSV1_CERTIFICATE_REQUIRED: 1116,
}
const SSL_LIBRARY = 16 << 24

/** What Envoy says where a certificate is wanted that was never supplied. */
export const NO_SECRET = 'TLS_error:_Secret_is_not_supplied_by_SDS'

/** What Envoy says when the peer takes longer over its handshake than it may. */
const HANDSHAKE_TIMEOUT = 'transport_socket_timeout_was_reached'

/** The code of our own error for a certificate without the names that are asked for. */
export const ERR_ALT_NAME = 'ERR_TSHIFT_ALT_NAME'

/** The client's certificate has none of the digests that are asked for. */
export const NO_DIGEST = certificateFailure('cert hash and spki')

/** The peer's certificate carries none of the names that are asked for. */
export const NO_ALT_NAME = certificateFailure('verify SAN list')

/** In Envoy's form, e.g. `TLS_error:|268435703:SSL_routines:OPENSSL_internal:WRONG_VERSION_NUMBER:TLS_error_end`. Undefined where it was no TLS that failed. */
export function tlsFailure({code = '', message}: NodeJS.ErrnoException): string | undefined {
  if (code === 'ERR_TLS_HANDSHAKE_TIMEOUT') return HANDSHAKE_TIMEOUT
  if (code === ERR_ALT_NAME) return NO_ALT_NAME
  if (code.startsWith('ERR_SSL_')) return sslFailure(toBoringSsl(code.slice('ERR_SSL_'.length)))
  const alert = code === 'EPROTO' ? /:SSL routines:[^:]*:([^:]+):/.exec(message)?.[1] : undefined // one that came while Node was writing
  if (alert !== undefined) return sslFailure(toBoringSsl(alert.toUpperCase().replaceAll(' ', '_')))
  if (code.startsWith('ERR_OSSL_')) return `TLS_error:_${message.replaceAll(' ', '_')}`
  return isVerifyError(code) ? verifyFailure(message) : undefined
}

/** OpenSSL's name of an alert as BoringSSL has it: OpenSSL 3.5, of Node 22 and 24, says `SSL/TLS_ALERT_` where both said `SSLV3_ALERT_`. */
function toBoringSsl(reason: string): string {
  return reason.replace('SSL/TLS_ALERT_', 'SSLV3_ALERT_').replace('TLSV13_ALERT_', 'TLSV1_')
}

/** `problem` is what the chain of certificates has, in OpenSSL's words. */
export function verifyFailure(problem: string): string {
  return certificateFailure(`X509_verify_cert: certificate verification error: ${problem}`)
}

function certificateFailure(detail: string): string {
  return sslFailure('CERTIFICATE_VERIFY_FAILED', `:verify cert failed: ${detail}`)
}

function sslFailure(reason: string, detail = ''): string {
  const number = REASONS[reason]
  const prefix = number === undefined ? '' : `${SSL_LIBRARY | number}:`
  return `TLS_error:|${prefix}SSL_routines:OPENSSL_internal:${reason}${detail.replaceAll(' ', '_')}:TLS_error_end`
}

/** Node passes OpenSSL's X509_V_ERR_… on without that prefix: no other error of a socket is named like this. */
function isVerifyError(code: string): boolean {
  return /CERT|CRL|SIGNATURE|ISSUER|CA$/.test(code) && !code.startsWith('ERR_')
}
