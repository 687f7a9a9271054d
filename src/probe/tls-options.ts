import {isIP} from 'node:net'
import {createSecureContext, type ConnectionOptions as TlsConnectionOptions} from 'node:tls'

export interface TlsOptions {
  /** The name sent in the handshake (SNI) and looked for in the certificate; by default the host, unless that is an address (RFC 6066: none is sent). */
  readonly servername?: string | undefined
  /** Whether a certificate that cannot be verified ends the connection. By default it does. */
  readonly rejectUnauthorized?: boolean | undefined
  /** PEM of the authorities to trust instead of the system's. */
  readonly ca?: string | Buffer | undefined
}

/** What every handshake of a probe needs, made once: reading the certificates of the authorities takes longer than a handshake. No ALPN is offered. */
export function prepareTls({servername, rejectUnauthorized = true, ca}: TlsOptions, host: string): TlsConnectionOptions {
  return {
    host,
    servername: servername ?? (isIP(host) === 0 ? host : ''),
    rejectUnauthorized,
    secureContext: createSecureContext(ca === undefined ? {} : {ca}),
  }
}
