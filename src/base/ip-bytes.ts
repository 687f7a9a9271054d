import {isIPv4} from 'node:net'

/** Of a good address in dotted decimals. */
export function ipv4Bytes(host: string): readonly number[] {
  return host.split('.').map(Number)
}

/** Of a good address without a zone; an IPv4 address is mapped. */
export function ipv6Bytes(host: string): readonly number[] {
  if (isIPv4(host)) return [...Array<number>(10).fill(0), 0xff, 0xff, ...ipv4Bytes(host)]
  const [head = '', tail] = host.split('::')
  const [front, back] = [groupBytes(head), groupBytes(tail ?? '')]
  return [...front, ...Array<number>(16 - front.length - back.length).fill(0), ...back]
}

/** Groups of an IPv6 address, the last of which may be written as an IPv4 address. */
function groupBytes(text: string): readonly number[] {
  if (text === '') return []
  return text.split(':').flatMap((group) => (isIPv4(group) ? ipv4Bytes(group) : [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 0xff]))
}

/** As a socket would say it: the longest run of zeros is left out (RFC 5952), which the URL parser does as well. */
export function formatIPv6(bytes: Buffer): string {
  const groups = Array.from({length: 8}, (_, i) => bytes.readUInt16BE(2 * i).toString(16)).join(':')
  return new URL(`http://[${groups}]`).hostname.slice(1, -1)
}
