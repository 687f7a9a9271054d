import {X509Certificate} from 'node:crypto'
import type {Socket} from 'node:net'
import {connect, createSecureContext, type SecureContext, type TLSSocket} from 'node:tls'
import type {ClientTls} from '../../routing/routing.js'
import {carriesOneOf} from './alt-names.js'
import {systemAuthorities} from './system-authorities.js'
import {ERR_ALT_NAME} from './tls-failure.js'

/** Starts TLS towards endpoints. The certificates of each cluster are read once, when it is first used. */
export class TlsClients {
  readonly #contexts = new WeakMap<ClientTls, SecureContext>()
  /** That of every cluster which says nothing of its own: reading a hundred and more authorities takes its time. */
  #plain: SecureContext | undefined

  /**
   * Shakes hands over a connected socket, which belongs to the result from here on: `secureConnect` or `error` follows. Only the chain of certificates
   * and the alternative names are checked, not the host name (Envoy's `validation_context`). Throws OpenSSL's error where it refuses what `tls` holds.
   */
  connect(socket: Socket, tls: ClientTls): TLSSocket {
    return connect({
      socket,
      secureContext: this.#contextOf(tls),
      rejectUnauthorized: tls.insecureSkipVerify !== true,
      checkServerIdentity: (_host, {raw}) => checkAltNames(raw, tls.subjectAltNames),
      ...(tls.sni === undefined ? {} : {servername: tls.sni}),
    })
  }

  #contextOf(tls: ClientTls): SecureContext {
    const isPlain = tls.ca === undefined && tls.crl === undefined && tls.client === undefined
    const context = isPlain ? (this.#plain ??= newContext(tls)) : (this.#contexts.get(tls) ?? newContext(tls))
    this.#contexts.set(tls, context)
    return context
  }
}

/** TLS 1.2 and 1.3, as Istio's clusters (cluster_tls.go) and Node by default. */
function newContext({ca, crl, client, insecureSkipVerify}: ClientTls): SecureContext {
  const trusted = ca ?? (insecureSkipVerify ? undefined : [...systemAuthorities()])
  return createSecureContext({
    ...(trusted === undefined ? {} : {ca: trusted}),
    ...(crl === undefined ? {} : {crl}),
    ...(client === undefined ? {} : {cert: client.certificate, key: client.privateKey}),
  })
}

function checkAltNames(der: Buffer, names: readonly string[] | undefined): Error | undefined {
  if (names === undefined || carriesOneOf(new X509Certificate(der), names)) return undefined
  return Object.assign(new Error('the certificate carries none of the names asked for'), {code: ERR_ALT_NAME})
}
