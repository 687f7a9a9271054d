import {isIP} from 'node:net'
import {performance} from 'node:perf_hooks'
import {cachedLookup} from './cached-lookup.js'
import type {OpenOptions} from './open-socket.js'
import type {ProxyHeaderVersion} from '../base/proxy-header.js'
import {prepareTls, type TlsOptions} from './tls-options.js'

/** Where and how to connect, alike for connections that ask once and those that are held. */
export interface ConnectionOptions {
  readonly host: string
  readonly port: number
  /** What the connection with this index sends as its nth message. */
  readonly message: (index: number, nth: number) => string | Buffer
  /** For a whole connection. */
  readonly timeoutMs: number
  /** For the TCP connection and the TLS handshake together. */
  readonly connectTimeoutMs: number
  /** Whether to send nothing before the server has sent a line (SMTP, FTP, MySQL speak first). */
  readonly readFirst?: boolean | undefined
  /** Local addresses to connect from, in turn. By default the system chooses. */
  readonly sources?: readonly string[] | undefined
  /** To speak TLS; ALPN is not offered. */
  readonly tls?: TlsOptions | undefined
  /** To begin with a PROXY protocol header that names the connection's own ends. */
  readonly proxyHeader?: ProxyHeaderVersion | undefined
  /** Ends everything early. */
  readonly signal?: AbortSignal | undefined
  /** Milliseconds, from any origin. Date.now is too coarse for latencies. */
  readonly now?: (() => number) | undefined
}

/** What the sockets of all connections have in common, with what can be done once for all of them. Throws where the PEM of `tls.ca` cannot be read. */
export function prepareConnections(options: ConnectionOptions): OpenOptions & {readonly now: () => number} {
  const {host, port, tls, proxyHeader, now = () => performance.now()} = options
  return {
    host,
    port,
    now,
    lookup: isIP(host) === 0 ? cachedLookup() : undefined,
    proxyHeader,
    tls: tls === undefined ? undefined : prepareTls(tls, host),
  }
}

/** The local address of the connection with this index. */
export function sourceFor({sources}: ConnectionOptions, index: number): string | undefined {
  return sources?.[index % sources.length]
}
