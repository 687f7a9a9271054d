/** The IPv4 addresses of a network in CIDR form that a machine of it can have: all but the first (network) and last (broadcast), in order. */
export interface AddressRange {
  readonly size: number
  /** The address at `index`, from 0. */
  at(index: number): string
}

/** Reads `127.65.0.0/16`. Throws a RangeError where it is no IPv4 network with room for two addresses at least. */
export function parseAddressRange(cidr: string): AddressRange {
  const [, ip = '', bits = ''] = /^(\d+\.\d+\.\d+\.\d+)\/(\d+)$/.exec(cidr) ?? []
  const octets = ip.split('.').map(Number)
  const prefix = Number(bits)
  if (octets.length !== 4 || octets.some((octet) => octet > 255) || prefix < 1 || prefix > 30) throw new RangeError(`${cidr} is no network of addresses`)
  const size = 2 ** (32 - prefix)
  const number = octets.reduce((sum, octet) => sum * 256 + octet, 0)
  const first = number - (number % size)
  return {size: size - 2, at: (index) => formatAddress(first + 1 + index)}
}

function formatAddress(number: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join('.')
}

/**
 * The free addresses of a range, beginning at `start` and going round once: an address just given back is used last, since connections to it may still be open.
 */
export function* freeAddresses(range: AddressRange, used: ReadonlySet<string>, start = 0): Generator<{readonly address: string; readonly index: number}> {
  for (let step = 0; step < range.size; step += 1) {
    const index = (start + step) % range.size
    const address = range.at(index)
    if (!used.has(address)) yield {address, index}
  }
}
