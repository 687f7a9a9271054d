/**
 * Connection marks, 32 bits: the gateway's own tag (12), whether the endpoint has answered (1), the number of the leaf (19). With two such gateways on one
 * machine the tags are the same once in 4,095 times; then each counts the other's connections with its own, and routes as it should all the same.
 */
const TAG_BITS = 20
export const MOST_LEAVES = 2 ** 19
export const CONNECTED = MOST_LEAVES
export const TAG_MASK = 0xfff00000

/** The tag of a table, from the number in its name. */
export function tagOf(table: string): number {
  return (parseInt(table.slice(-3), 16) % 0xfff) + 1
}

/** The mark of a connection to a leaf, not answered yet. */
export function markOf(tag: number, leaf: number): number {
  return tag * 2 ** TAG_BITS + leaf
}

/** The number of the leaf, undefined where it is not this gateway's connection. */
export function leafOf(tag: number, mark: number): number | undefined {
  return Math.floor(mark / 2 ** TAG_BITS) === tag ? mark % MOST_LEAVES : undefined
}

/** A mark as nft writes it. */
export function hex(mark: number): string {
  return `0x${mark.toString(16).padStart(8, '0')}`
}
