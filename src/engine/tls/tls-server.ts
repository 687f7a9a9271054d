import {constants, createPrivateKey, X509Certificate} from 'node:crypto'
import type {Socket} from 'node:net'
import {createServer, type SecureContextOptions, type Server, type TlsOptions, type TLSSocket} from 'node:tls'
import type {KeyPair, ServerTls} from '../../routing/routing.js'
import {carriesOneOf} from './alt-names.js'
import {hasOneOf} from './certificate-digests.js'
import {NO_ALT_NAME, NO_DIGEST, tlsFailure, verifyFailure} from './tls-failure.js'

/** How long a client may take over its handshake, ms (`transport_socket_connect_timeout`). */
const HANDSHAKE_TIMEOUT_MS = 15_000

/** Cipher lists name no TLS 1.3 suites, which Envoy does not let one choose; without them Node would leave TLS 1.3 out. */
const TLS13_SUITES = 'TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256'

export interface HandshakeEvents {
  /** It owns the raw socket from here on. */
  readonly onSecure: (socket: TLSSocket) => void
  /** Without a reason the client just left. The sockets are closed by whoever owns the raw one. */
  readonly onFailed: (reason: string | undefined) => void
}

/** A handshake's own view of the server: what the server says of this one socket arrives here and nowhere else. */
interface Handshake extends Server {
  readonly events: HandshakeEvents
}

/**
 * Ends TLS for the clients of one filter chain; its certificates are read once. It never listens: sockets are handed to it. Whoever has no
 * certificate at all, as `tls.certificates` may be empty, needs none of these.
 */
export class TlsServer {
  readonly #server: Server

  /** Throws OpenSSL's error where it refuses the certificates, and one of our own where a key is not its certificate's. */
  constructor(readonly tls: ServerTls) {
    tls.certificates.forEach(checkPair)
    this.#server = createServer(toServerOptions(tls))
    this.#server.on('secureConnection', function (this: Handshake, socket: TLSSocket) {
      socket.allowHalfOpen = true
      const refusal = clientRefusal(socket, tls)
      if (refusal === undefined) this.events.onSecure(socket)
      else this.events.onFailed(refusal)
    })
    this.#server.on('tlsClientError', function (this: Handshake, error: NodeJS.ErrnoException, socket: TLSSocket) {
      const unverified = authorizationProblem(socket)
      this.events.onFailed(unverified === undefined ? tlsFailure(error) : verifyFailure(unverified))
    })
  }

  /** Shakes hands with the client at the other end of `socket`, from the first byte not yet read; calls one of `events` once. */
  accept(socket: Socket, events: HandshakeEvents): void {
    socket.allowHalfOpen = false // a client that leaves before it has said what it should must not be waited for
    const handshake = Object.create(this.#server, {events: {value: events}}) as Handshake
    handshake.emit('connection', socket)
  }
}

/** OpenSSL overlooks a key of another type, and then has no cipher in common with anybody. */
function checkPair({certificate, privateKey}: KeyPair): void {
  if (!new X509Certificate(certificate).checkPrivateKey(createPrivateKey(privateKey))) throw new Error('the private key is not that of the certificate')
}

/** What is wrong with the certificate of a client who need not have one, or whose names matter. */
function clientRefusal(socket: TLSSocket, {subjectAltNames, digests}: ServerTls): string | undefined {
  const certificate = socket.getPeerX509Certificate()
  if (certificate === undefined) return undefined
  const problem = authorizationProblem(socket)
  if (problem !== undefined) return verifyFailure(problem)
  if (subjectAltNames !== undefined && !carriesOneOf(certificate, subjectAltNames)) return NO_ALT_NAME
  return digests === undefined || hasOneOf(certificate, digests) ? undefined : NO_DIGEST
}

/** In OpenSSL's words, as far as its code has them. */
function authorizationProblem({authorizationError}: TLSSocket): string | undefined {
  const code = authorizationError as unknown // a code, whatever the declaration says; null where there is none
  return typeof code === 'string' ? code.toLowerCase().replaceAll('_', ' ') : undefined
}

function toServerOptions(tls: ServerTls): TlsOptions {
  const {mode, certificates, ca, crl, minVersion, maxVersion} = tls
  return {
    cert: certificates.map(({certificate}) => certificate),
    key: certificates.map(({privateKey}) => privateKey),
    ...(ca === undefined ? {} : {ca}),
    ...(crl === undefined ? {} : {crl}),
    minVersion,
    ...(maxVersion === undefined ? {} : {maxVersion}),
    ...cipherOptions(tls),
    requestCert: mode !== 'SIMPLE',
    rejectUnauthorized: mode === 'MUTUAL',
    secureOptions: constants.SSL_OP_NO_RENEGOTIATION, // as BoringSSL, which knows none
    handshakeTimeout: HANDSHAKE_TIMEOUT_MS,
    pauseOnConnect: true,
  }
}

/** The server's order decides (Envoy). Before TLS 1.2, signatures need SHA-1, which OpenSSL 3 refuses at its usual security level. */
function cipherOptions({cipherSuites, minVersion}: ServerTls): SecureContextOptions {
  const isOld = minVersion === 'TLSv1' || minVersion === 'TLSv1.1'
  if (cipherSuites === undefined && !isOld) return {}
  const ciphers = cipherSuites === undefined ? 'DEFAULT' : cipherSuites.join(':')
  return {ciphers: `${TLS13_SUITES}:${ciphers}${isOld ? ':@SECLEVEL=0' : ''}`, ...(cipherSuites === undefined ? {} : {honorCipherOrder: true})}
}
