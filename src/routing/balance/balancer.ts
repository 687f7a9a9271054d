import type {Random} from '../../base/random.js'
import type {Cluster} from '../routing.js'
import {type Candidate, weightOf} from './candidate.js'
import {EdfSchedule} from './edf-schedule.js'
import {createMaglev, MAGLEV_SIZE} from './maglev.js'
import {createRing, RING_SIZE} from './ring-hash.js'
import {warmFactor} from './warmup.js'

/** What one pick may look at. One object can serve all picks of a cluster. */
export interface Draw {
  readonly random: Random
  /** On the clock of `Candidate.sinceMs`. */
  readonly nowMs: number
  /** What a hash is made of, where the route has one. */
  readonly clientAddress: string | undefined
}

/** Where ROUND_ROBIN stands in one cluster. It outlives a balancer: endpoints that come and go do not send it back to the start. */
export interface Cursor {
  /** -1 before the first pick. */
  next: number
}

export type BalancerSettings = Readonly<Pick<Cluster, 'loadBalancer' | 'hashSize' | 'warmup'>>

/** Chooses the endpoint of one connection among the candidates it was made for; undefined where there are none (UH). Allocates nothing. */
export type Balancer<C extends Candidate> = (draw: Draw) => C | undefined

/**
 * The load balancer of a cluster for these candidates, tables included: made anew when a candidate comes, goes or changes its weight
 * (Envoy load_balancer_impl.cc, thread_aware_lb_impl.cc).
 *
 * - LEAST_REQUEST: the less busy of two random ones, which may be the same, the first where they tie. With unequal weights, or while some warm
 *   up, a weighted round robin whose weights are divided by the open connections and one.
 * - ROUND_ROBIN: around from a random start; weighted by earliest deadline. Each worker process has its own turn, as each Envoy thread has.
 * - RANDOM: every one alike, as Envoy's, which knows no weights.
 * - RING_HASH, MAGLEV: by the client's address; at random without.
 */
export function createBalancer<C extends Candidate>(
  {loadBalancer, hashSize, warmup}: BalancerSettings,
  candidates: readonly C[],
  {cursor, ...draw}: Draw & {readonly cursor: Cursor},
): Balancer<C> {
  const [first] = candidates
  if (candidates.length <= 1) return () => first
  const isScheduled = !haveEqualWeights(candidates) || isAnyWarming(warmup, candidates, draw.nowMs)
  switch (loadBalancer) {
    case 'LEAST_REQUEST': {
      if (!isScheduled) return ({random}) => pickLessBusy(candidates, random)
      const weigh = (candidate: C, nowMs: number) => (weightOf(candidate) / (candidate.active + 1)) * warmFactor(warmup, candidate, nowMs)
      return scheduled(candidates, weigh, draw)
    }
    case 'ROUND_ROBIN':
      if (!isScheduled) return ({random}) => pickNext(candidates, random, cursor)
      return scheduled(candidates, (candidate, nowMs) => weightOf(candidate) * warmFactor(warmup, candidate, nowMs), draw)
    case 'RANDOM':
      return ({random}) => pickAny(candidates, random)
    case 'RING_HASH':
      return createRing(candidates, hashSize ?? RING_SIZE)
    case 'MAGLEV':
      return createMaglev(candidates, hashSize ?? MAGLEV_SIZE)
  }
}

/** A schedule that starts anywhere, so that workers and gateways do not march in step. */
function scheduled<C extends Candidate>(candidates: readonly C[], weigh: (candidate: C, nowMs: number) => number, {random, nowMs}: Draw): Balancer<C> {
  const schedule = new EdfSchedule(candidates, weigh, nowMs)
  for (let skip = Math.floor(random() * candidates.length); skip > 0; skip--) schedule.next(nowMs)
  return (draw) => schedule.next(draw.nowMs)
}

function haveEqualWeights([first, ...others]: readonly Candidate[]): boolean {
  return first === undefined || others.every((other) => weightOf(other) === weightOf(first))
}

function isAnyWarming(warmup: Cluster['warmup'], candidates: readonly Candidate[], nowMs: number): boolean {
  return warmup !== undefined && candidates.some(({sinceMs}) => nowMs - sinceMs <= warmup.durationMs)
}

function pickLessBusy<C extends Candidate>(candidates: readonly C[], random: Random): C | undefined {
  const first = pickAny(candidates, random)
  const second = pickAny(candidates, random)
  if (first === undefined || second === undefined) return first
  return second.active < first.active ? second : first
}

function pickNext<C extends Candidate>(candidates: readonly C[], random: Random, cursor: Cursor): C | undefined {
  if (cursor.next < 0) cursor.next = Math.floor(random() * candidates.length)
  return candidates[cursor.next++ % candidates.length]
}

function pickAny<C extends Candidate>(candidates: readonly C[], random: Random): C | undefined {
  return candidates[Math.floor(random() * candidates.length)]
}
