import {seededRandom} from '../../../src/base/random.js'
import {type Balancer, type BalancerSettings, createBalancer, type Draw} from '../../../src/routing/balance/balancer.js'
import type {Candidate} from '../../../src/routing/balance/candidate.js'

export type Counted = {-readonly [K in keyof Candidate]: Candidate[K]}

/** Candidates at `127.0.0.1:90`, `:91` …, as in Envoy's tests, with these weights. */
export function candidatesOf(...weights: readonly number[]): Counted[] {
  return weights.map((weight, i) => ({endpoint: {address: '127.0.0.1', port: 90 + i, weight}, active: 0, sinceMs: 0}))
}

export function drawOf(draw: Partial<Draw> = {}): Draw {
  return {random: () => 0, nowMs: 0, clientAddress: undefined, ...draw}
}

/** A balancer as it starts in Envoy's tests: at the first candidate. */
export function balancerOf<C extends Candidate>(settings: BalancerSettings, candidates: readonly C[], draw: Partial<Draw> = {}): Balancer<C> {
  return createBalancer(settings, candidates, {...drawOf(draw), cursor: {next: -1}})
}

/** Ports of that many picks, less 90: the places of the candidates. */
export function picksOf(balancer: Balancer<Candidate>, count: number, draw: Partial<Draw> = {}): number[] {
  const whole = drawOf(draw)
  return Array.from({length: count}, () => (balancer(whole)?.endpoint.port ?? NaN) - 90)
}

export function countsOf(balancer: Balancer<Candidate>, count: number, draw: Partial<Draw> = {}): Readonly<Record<number, number>> {
  const counts: Record<number, number> = {}
  for (const place of picksOf(balancer, count, {random: seededRandom(1), ...draw})) counts[place] = (counts[place] ?? 0) + 1
  return counts
}
