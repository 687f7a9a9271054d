import {isIPv4} from 'node:net'
import {ipv4Bytes, ipv6Bytes} from './ip-bytes.js'

export type ProxyHeaderVersion = 'v1' | 'v2'

export interface Endpoint {
  readonly host: string
  readonly port: number
}

/** `\r\n\r\n\0\r\nQUIT\n`, which no other protocol begins with. */
const V2_SIGNATURE = Buffer.from('0d0a0d0a000d0a515549540a', 'hex')
const V2_PROXY = 0x21
const V2_TCP4 = 0x11
const V2_TCP6 = 0x21

/**
 * What a proxy sends before the first byte of a TCP connection to say whose it is (HAProxy, "The PROXY protocol", versions 1 and 2).
 * Where only one end is IPv4, it is written as an IPv4-mapped IPv6 address.
 */
export function encodeProxyHeader(version: ProxyHeaderVersion, source: Endpoint, destination: Endpoint): Buffer {
  const ends = [source, destination].map(({host, port}) => ({host: host.replace(/%.*$/, ''), port})) // a zone means nothing elsewhere
  const areIPv4 = ends.every(({host}) => isIPv4(host))
  return version === 'v1' ? encodeV1(ends, areIPv4) : encodeV2(ends, areIPv4)
}

function encodeV1(ends: readonly Endpoint[], areIPv4: boolean): Buffer {
  const hosts = ends.map(({host}) => (isIPv4(host) && !areIPv4 ? `::ffff:${host}` : host))
  return Buffer.from(`PROXY ${areIPv4 ? 'TCP4' : 'TCP6'} ${hosts.join(' ')} ${ends.map(({port}) => port).join(' ')}\r\n`, 'latin1')
}

function encodeV2(ends: readonly Endpoint[], areIPv4: boolean): Buffer {
  const addresses = ends.map(({host}) => Buffer.from(areIPv4 ? ipv4Bytes(host) : ipv6Bytes(host)))
  const ports = Buffer.alloc(4)
  ends.forEach(({port}, index) => ports.writeUInt16BE(port, index * 2))
  const body = Buffer.concat([...addresses, ports])
  const length = Buffer.alloc(2)
  length.writeUInt16BE(body.length)
  return Buffer.concat([V2_SIGNATURE, Buffer.from([V2_PROXY, areIPv4 ? V2_TCP4 : V2_TCP6]), length, body])
}
