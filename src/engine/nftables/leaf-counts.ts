import {isRecord} from './json-record.js'
import {leafOf} from './mark.js'
import {COUNTING_SETS, type CountingSet} from './transaction.js'

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

/** What `nft -j list set` says of this gateway's leaves. Throws where it is no such thing. */
export function parseCounted(json: string, tag: number): readonly Counted[] {
  const {nftables} = parse(json)
  if (!Array.isArray(nftables)) throw new Error('nft printed no list of sets')
  return nftables.flatMap((item: unknown) => (isRecord(item) && isRecord(item['set']) ? elementsOf(item['set'], tag) : []))
}

function parse(json: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(json)
    return isRecord(value) ? value : {}
  } catch {
    throw new Error(`nft printed no JSON: ${JSON.stringify(json.slice(0, 60))}`)
  }
}

function elementsOf({name, elem = []}: Readonly<Record<string, unknown>>, tag: number): readonly Counted[] {
  if (typeof name !== 'string' || !Object.hasOwn(COUNTING_SETS, name) || !Array.isArray(elem)) throw new Error('nft printed a set that is none of ours')
  return elem.flatMap((item: unknown) => {
    const counted = countedOf(name as CountingSet, isRecord(item) ? item['elem'] : undefined)
    const leaf = counted === undefined ? undefined : leafOf(tag, counted.mark)
    return counted === undefined || leaf === undefined ? [] : [{...counted.rest, leaf}]
  })
}

/** Undefined where it is no counter of a mark, or of a mark, a direction and a length of the TCP header. */
function countedOf(set: CountingSet, elem: unknown): {readonly mark: number; readonly rest: Omit<Counted, 'leaf'>} | undefined {
  if (!isRecord(elem) || !isRecord(elem['counter'])) return undefined
  const {val, counter: {packets, bytes}} = elem as {readonly val: unknown; readonly counter: Readonly<Record<string, unknown>>}
  const [mark, direction, words]: readonly unknown[] = isRecord(val) && Array.isArray(val['concat']) ? val['concat'] : [val, 'original', 0]
  if (![mark, words, packets, bytes].every(Number.isSafeInteger) || (direction !== 'original' && direction !== 'reply')) return undefined
  const key = set === 'traffic' ? `${String(mark)} . ${direction} . ${String(words)}` : String(mark)
  const rest = {set, key, isReply: direction === 'reply', headerBytes: 4 * Number(words), packets: Number(packets), bytes: Number(bytes)}
  return {mark: Number(mark), rest}
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
