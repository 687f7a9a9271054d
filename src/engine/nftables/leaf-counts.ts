import {leafOf} from './mark.js'
import type {CountingSet} from './transaction.js'

/** What the kernel has counted of one leaf. */
export interface LeafCounts {
  opened: number
  connected: number
  refused: number
  /** Payload; what was sent twice is counted twice. */
  bytesFromClients: number
  bytesToClients: number
}

/** An element of a counting set as `nft -j` prints it. */
export interface Counted {
  readonly set: CountingSet
  /** The key, as it is written in nft's language. */
  readonly key: string
  /** The number of the leaf. */
  readonly leaf: number
  readonly isReply: boolean
  /** Of the TCP header, bytes. */
  readonly headerBytes: number
  readonly packets: number
  readonly bytes: number
}

interface JsonSet {
  readonly name: string
  readonly elem?: readonly {readonly elem: {readonly val: number | {readonly concat: readonly [number, string, number]}; readonly counter: {readonly packets: number; readonly bytes: number}}}[]
}

/** What `nft -j list set` says of this gateway's leaves. */
export function parseCounted(json: string, tag: number): readonly Counted[] {
  const {nftables} = JSON.parse(json) as {readonly nftables: readonly {readonly set?: JsonSet}[]}
  return nftables.flatMap(({set}) => (set?.elem ?? []).flatMap(({elem: {val, counter}}) => {
    const [mark, direction, words] = typeof val === 'number' ? [val, 'original', 0] : val.concat
    const leaf = leafOf(tag, mark)
    if (leaf === undefined) return []
    const key = typeof val === 'number' ? `${mark}` : val.concat.join(' . ')
    return [{set: set?.name as CountingSet, key, leaf, isReply: direction === 'reply', headerBytes: 4 * words, ...counter}]
  }))
}

/** By the number of the leaf. `ipHeaderOf` is the length of an IP header on the way to it. */
export function countsOf(counted: readonly Counted[], ipHeaderOf: (leaf: number) => number): ReadonlyMap<number, LeafCounts> {
  const counts = new Map<number, LeafCounts>()
  for (const {set, leaf, isReply, headerBytes, packets, bytes} of counted) {
    const of = counts.get(leaf) ?? {opened: 0, connected: 0, refused: 0, bytesFromClients: 0, bytesToClients: 0}
    counts.set(leaf, of)
    if (set !== 'traffic') of[set] += packets
    else of[isReply ? 'bytesToClients' : 'bytesFromClients'] += bytes - packets * (headerBytes + ipHeaderOf(leaf))
  }
  return counts
}
