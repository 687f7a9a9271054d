/** A block is at most this wide, so that it stays within a network of pods. */
const WIDEST = 16

/**
 * CIDR blocks that hold every address of `wanted` and none of `others`: few, since most of a network is usually of one kind, and no wider than it
 * takes. Addresses of neither may be inside. IPv6 addresses stand for themselves.
 */
export function blocksAround(wanted: readonly string[], others: Iterable<string>): readonly string[] {
  const [v4, v6] = [wanted.filter(isV4), wanted.filter((address) => !isV4(address))]
  const inside = sorted(v4)
  const outside = sorted([...others].filter(isV4))
  return [...cover(inside, outside, {base: 0, length: 0}), ...v6]
}

function isV4(address: string): boolean {
  return !address.includes(':')
}

function sorted(addresses: readonly string[]): readonly number[] {
  return addresses.map(toNumber).sort((a, b) => a - b)
}

interface Block {
  readonly base: number
  readonly length: number
}

/** `inside` and `outside` are in order and lie within the block. */
function cover(inside: readonly number[], outside: readonly number[], {base, length}: Block): readonly string[] {
  const [first, last] = [inside[0], inside.at(-1)]
  if (first === undefined || last === undefined) return []
  if (outside.length === 0 && length >= WIDEST) return [formatBlock(first, last)]
  if (length === 32) return []
  const middle = base + 2 ** (31 - length)
  const [left, right] = [split(inside, middle), split(outside, middle)]
  return [...cover(left.below, right.below, {base, length: length + 1}), ...cover(left.above, right.above, {base: middle, length: length + 1})]
}

/** The smallest block with both. */
function formatBlock(first: number, last: number): string {
  let length = 32
  while (Math.floor(first / 2 ** (32 - length)) !== Math.floor(last / 2 ** (32 - length))) length -= 1
  const size = 2 ** (32 - length)
  return length === 32 ? toText(first) : `${toText(Math.floor(first / size) * size)}/${length}`
}

function split(sortedNumbers: readonly number[], middle: number): {below: readonly number[]; above: readonly number[]} {
  const index = sortedNumbers.findIndex((number) => number >= middle)
  return index < 0 ? {below: sortedNumbers, above: []} : {below: sortedNumbers.slice(0, index), above: sortedNumbers.slice(index)}
}

function toNumber(address: string): number {
  return address.split('.').reduce((number, octet) => number * 256 + Number(octet), 0)
}

function toText(number: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join('.')
}
