import {isIPv4, isIPv6} from 'node:net'
import {formatIPv6} from '../../base/ip-bytes.js'
import type {Endpoint} from '../../base/proxy-header.js'

/** Whose connection it is: the client, and where it believed to connect. */
export interface ProxiedEnds {
  readonly source: Endpoint
  readonly destination: Endpoint
}

export type ProxyHeaderAnswer =
  /** It cannot be said before so many bytes, counted from the first, have come. */
  | {readonly type: 'more'; readonly needed: number}
  /** `length` bytes are the header. Without `ends` the proxy speaks for itself (LOCAL, UNKNOWN): the connection's own addresses hold. */
  | {readonly type: 'header'; readonly length: number; readonly ends?: ProxiedEnds}
  | {readonly type: 'malformed'}

const V1_PREFIX = Buffer.from('PROXY ', 'latin1')
/** "PROXY", two full IPv6 addresses and two ports, CRLF: the longest line there can be. */
const MAX_V1 = 107
const V2_SIGNATURE = Buffer.from('0d0a0d0a000d0a515549540a', 'hex')
const V2_FIXED = 16
const LOCAL = 0x20
const PROXY = 0x21
const TCP4 = 0x11
const TCP6 = 0x21

const MALFORMED: ProxyHeaderAnswer = {type: 'malformed'}

/**
 * Reads a PROXY header of either version. Never throws; asks for no more than 107 bytes (version 1) or 16 and the 65,535 that version 2 can announce.
 * What is no header, is cut short by its own length, or is of another kind than TCP is malformed (Envoy's proxy_protocol listener filter).
 */
export function parseProxyHeader(bytes: Buffer): ProxyHeaderAnswer {
  if (startsLike(bytes, V2_SIGNATURE)) return parseV2(bytes)
  return startsLike(bytes, V1_PREFIX) ? parseV1(bytes) : MALFORMED
}

/** As far as there are bytes. */
function startsLike(bytes: Buffer, prefix: Buffer): boolean {
  const length = Math.min(bytes.length, prefix.length)
  return bytes.subarray(0, length).equals(prefix.subarray(0, length))
}

function parseV1(bytes: Buffer): ProxyHeaderAnswer {
  const lineEnd = bytes.subarray(0, MAX_V1).indexOf('\r\n')
  if (lineEnd < 0) return bytes.length < MAX_V1 ? {type: 'more', needed: bytes.length + 1} : MALFORMED
  const length = lineEnd + 2
  const [, family, ...fields] = bytes.toString('latin1', 0, lineEnd).split(' ')
  if (family === 'UNKNOWN') return {type: 'header', length}
  const isHost = family === 'TCP4' ? isIPv4 : family === 'TCP6' ? isIPv6 : undefined
  const [source = '', destination = '', sourcePort = '', destinationPort = ''] = fields
  const isGood = fields.length === 4 && isHost?.(source) && isHost(destination) && isPort(sourcePort) && isPort(destinationPort)
  if (!isGood) return MALFORMED
  return {type: 'header', length, ends: {source: {host: source, port: Number(sourcePort)}, destination: {host: destination, port: Number(destinationPort)}}}
}

function isPort(text: string): boolean {
  return /^\d{1,5}$/.test(text) && Number(text) <= 65_535
}

function parseV2(bytes: Buffer): ProxyHeaderAnswer {
  if (bytes.length < V2_FIXED) return {type: 'more', needed: V2_FIXED}
  const [command, family] = [bytes[12], bytes[13]]
  const length = V2_FIXED + bytes.readUInt16BE(14)
  if (command !== LOCAL && command !== PROXY) return MALFORMED
  const hostSize = family === TCP4 ? 4 : family === TCP6 ? 16 : undefined
  if (command === PROXY && (hostSize === undefined || length < V2_FIXED + 2 * hostSize + 4)) return MALFORMED
  if (bytes.length < length) return {type: 'more', needed: length}
  return command === LOCAL || hostSize === undefined ? {type: 'header', length} : {type: 'header', length, ends: readEnds(bytes.subarray(V2_FIXED), hostSize)}
}

function readEnds(body: Buffer, hostSize: 4 | 16): ProxiedEnds {
  const hostAt = (at: number) => (hostSize === 4 ? body.subarray(at, at + 4).join('.') : formatIPv6(body.subarray(at, at + 16)))
  return {
    source: {host: hostAt(0), port: body.readUInt16BE(2 * hostSize)},
    destination: {host: hostAt(hostSize), port: body.readUInt16BE(2 * hostSize + 2)},
  }
}
