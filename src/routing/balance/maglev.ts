import type {Balancer} from './balancer.js'
import {type Candidate, endpointName, weightOf} from './candidate.js'
import {hashForPick} from './hash-for-pick.js'
import {xxHash64} from './xxhash64.js'

/** Istio's and Envoy's default. */
export const MAGLEV_SIZE = 65537

const FREE = 0xffffffff

/** MAGLEV: the candidate at the hash's place in the table (Envoy maglev_lb.cc). `size` is a prime, or 1. */
export function createMaglev<C extends Candidate>(candidates: readonly C[], size: number): Balancer<C> {
  const table = buildMaglev(candidates, size)
  return (draw) => candidates[table[hashForPick(draw).modulo(size)] ?? 0]
}

interface Claim {
  readonly owner: number
  readonly name: string
  /** All together are 1. */
  readonly weight: number
  /** The places it wants, in this order: offset, offset + skip, offset + 2 skip … */
  readonly offset: number
  readonly skip: number
  wanted: number
  /** It takes a place in a turn only when its weight has added up to this. */
  due: number
}

/**
 * For each place of the table the candidate that has it. They take turns in the order of their names, each takes the first free place of its own
 * permutation; lighter ones sit out turns (the Maglev paper's listing 1, with Envoy's weights).
 */
export function buildMaglev(candidates: readonly Candidate[], size: number): Uint32Array {
  const total = candidates.reduce((sum, candidate) => sum + weightOf(candidate), 0)
  const claims = candidates.map((candidate, owner) => claimOf(candidate, {owner, total, size})).sort((a, b) => (a.name < b.name ? -1 : 1))
  const heaviest = claims.reduce((most, {weight}) => Math.max(most, weight), 0)
  const table = new Uint32Array(size).fill(FREE)
  for (let turn = 1, taken = 0; taken < size; turn++) {
    for (const claim of claims) {
      if (taken === size) break
      if (turn * claim.weight < claim.due) continue
      claim.due += heaviest
      table[nextFree(claim, table)] = claim.owner
      taken++
    }
  }
  return table
}

function claimOf(candidate: Candidate, {owner, total, size}: {readonly owner: number; readonly total: number; readonly size: number}): Claim {
  const name = endpointName(candidate.endpoint)
  const offset = xxHash64(name).modulo(size)
  const skip = size === 1 ? 1 : xxHash64(name, 1).modulo(size - 1) + 1
  return {owner, name, weight: weightOf(candidate) / total, offset, skip, wanted: 0, due: 0}
}

function nextFree(claim: Claim, table: Uint32Array): number {
  for (;;) {
    const place = (claim.offset + claim.skip * claim.wanted++) % table.length
    if (table[place] === FREE) return place
  }
}
