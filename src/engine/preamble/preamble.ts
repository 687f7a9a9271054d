import {parseClientHello, type ClientHello} from './client-hello.js'
import {parseProxyHeader, type ProxiedEnds} from './proxy-header.js'

/** What has to be read of a connection before its chain can be chosen. */
export interface PreambleWants {
  readonly proxyHeader: boolean
  readonly clientHello: boolean
}

/** What the first bytes said. */
export interface Preamble {
  /** Of the PROXY header: those are no longer the client's own. */
  readonly consumed: number
  readonly ends?: ProxiedEnds
  readonly hello?: ClientHello
}

export type PreambleAnswer =
  /** It cannot be said before so many bytes, counted from the first, have come. */
  | {readonly type: 'more'; readonly needed: number}
  | {readonly type: 'done'; readonly preamble: Preamble}
  | {readonly type: 'refused'; readonly reason: string}

/** Reads the first bytes of a connection: the PROXY header, then the ClientHello, as far as either is wanted (the order of Istio's listener filters). */
export function parsePreamble(bytes: Buffer, wants: PreambleWants): PreambleAnswer {
  const header = wants.proxyHeader ? parseProxyHeader(bytes) : ({type: 'header', length: 0} as const)
  if (header.type === 'more') return header
  if (header.type === 'malformed') return {type: 'refused', reason: 'proxy_protocol_error'}
  const {length: consumed, ends} = header
  const known: Preamble = {consumed, ...(ends === undefined ? {} : {ends})}
  if (!wants.clientHello) return {type: 'done', preamble: known}
  const answer = parseClientHello(bytes.subarray(consumed))
  switch (answer.type) {
    case 'more':
      return {type: 'more', needed: consumed + answer.needed}
    case 'hello':
      return {type: 'done', preamble: {...known, hello: answer.hello}}
    case 'plain':
      return {type: 'done', preamble: {...known, hello: {}}}
    case 'too long':
      return {type: 'refused', reason: 'client_hello_too_large'}
  }
}
