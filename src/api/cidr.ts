/**
 * Whether an IP address lies in a CIDR block (`10.1.0.0/16`, `fd00::/8`) or equals a bare address. Families do not mix, except that an IPv4 client
 * of an IPv6 socket (`::ffff:10.0.0.1`) counts as what it is. Text that is neither lies nowhere.
 */
export function addressIn(address: string, block: string): boolean {
  const [base = '', length] = block.split('/')
  const [a, b] = [toBytes(address), toBytes(base)]
  if (a === undefined || b === undefined || a.length !== b.length) return false
  const bits = length === undefined ? a.length * 8 : Number(length)
  return a.every((byte, i) => {
    const mask = maskOf(bits - i * 8)
    return (byte & mask) === ((b[i] ?? 0) & mask)
  })
}

function maskOf(bits: number): number {
  if (bits >= 8) return 0xff
  return bits <= 0 ? 0 : (0xff << (8 - bits)) & 0xff
}

function toBytes(text: string): readonly number[] | undefined {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(text)
  if (mapped !== null) return fromIPv4(mapped[1] ?? '')
  return text.includes(':') ? fromIPv6(text) : fromIPv4(text)
}

function fromIPv4(text: string): readonly number[] | undefined {
  const octets = text.split('.').map(Number)
  return octets.length === 4 && octets.every((octet) => Number.isInteger(octet) && octet >= 0 && octet <= 255) ? octets : undefined
}

function fromIPv6(text: string): readonly number[] | undefined {
  const [head = '', tail, ...rest] = text.split('::')
  const left = groupsOf(head)
  const right = groupsOf(tail ?? '')
  const missing = 16 - left.length - right.length
  if (rest.length > 0 || [...left, ...right].some(Number.isNaN)) return undefined
  if (tail === undefined) return missing === 0 ? left : undefined
  return missing >= 2 ? [...left, ...Array<number>(missing).fill(0), ...right] : undefined
}

/** The bytes of `fd00:1` or `::10.0.0.1`'s end; NaN where a group is no number. */
function groupsOf(text: string): readonly number[] {
  if (text === '') return []
  return text.split(':').flatMap((group) => {
    if (group.includes('.')) return fromIPv4(group) ?? [Number.NaN]
    const word = /^[0-9a-f]{1,4}$/i.test(group) ? Number.parseInt(group, 16) : Number.NaN
    return [word >> 8, word & 0xff].map((byte) => (Number.isNaN(word) ? word : byte))
  })
}
