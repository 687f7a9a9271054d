import type {Balancer} from './balancer.js'
import {type Candidate, endpointName, weightOf} from './candidate.js'
import {hashForPick} from './hash-for-pick.js'
import {sortByHash} from './sort-by-hash.js'
import {xxHash64} from './xxhash64.js'

/** Istio's and Envoy's default. */
export const RING_SIZE = 1024
/** Envoy's `maximum_ring_size`, which Istio leaves alone. */
const LARGEST_RING = 8 * 1024 * 1024

/** The points of a ring in rising order, 64 bits each in two halves. */
export interface Ring {
  readonly hi: Uint32Array
  readonly lo: Uint32Array
  /** Whose point it is: its place among the candidates. */
  readonly owner: Uint32Array
}

/** RING_HASH: the owner of the first point that is not before the hash (Envoy ring_hash_lb.cc). */
export function createRing<C extends Candidate>(candidates: readonly C[], minimumSize: number): Balancer<C> {
  const ring = buildRing(candidates, minimumSize)
  return (draw) => {
    const {hi, lo} = hashForPick(draw)
    return candidates[ring.owner[findPoint(ring, hi, lo)] ?? 0]
  }
}

/**
 * As many points for each candidate as its weight deserves, at the hashes of `address:port_0`, `address:port_1` …; the lightest gets a whole
 * number of them, and all together at least `minimumSize`, unless that is too many (Envoy's `Ring`).
 */
export function buildRing(candidates: readonly Candidate[], minimumSize: number): Ring {
  const total = candidates.reduce((sum, candidate) => sum + weightOf(candidate), 0)
  const lightest = candidates.reduce((least, candidate) => Math.min(least, weightOf(candidate) / total), 1)
  const scale = Math.min(Math.ceil(lightest * minimumSize) / lightest, LARGEST_RING)
  const points = {hi: [] as number[], lo: [] as number[], owner: [] as number[]}
  let target = 0
  for (const [index, candidate] of candidates.entries()) {
    target += scale * (weightOf(candidate) / total)
    for (let i = 0; points.owner.length < target; i++) {
      const {hi, lo} = xxHash64(`${endpointName(candidate.endpoint)}_${i}`)
      points.hi.push(hi)
      points.lo.push(lo)
      points.owner.push(index)
    }
  }
  return sortByHash({hi: Uint32Array.from(points.hi), lo: Uint32Array.from(points.lo), owner: Uint32Array.from(points.owner)})
}

/** The first point at or after the hash, going around. */
function findPoint({hi, lo}: Ring, hashHi: number, hashLo: number): number {
  let [low, high] = [0, hi.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    const pointHi = hi[middle] ?? 0
    if (pointHi < hashHi || (pointHi === hashHi && (lo[middle] ?? 0) < hashLo)) low = middle + 1
    else high = middle
  }
  return low === hi.length ? 0 : low
}
