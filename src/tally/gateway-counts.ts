import type {TcpRoute} from '../routing/routing.js'
import type {Counts} from './count.js'
import {nameOf, type Expectation} from './expectation.js'

/** Connections by cluster that a gateway has drawn since it started. */
export type PickedByCluster = Readonly<Record<string, number>>

/** What the gateway counted between two looks, as if each draw had been an answer with its subset's name. Draws of others in that time are in it. */
export function gatewayCounts(route: TcpRoute, before: PickedByCluster, after: PickedByCluster): Counts {
  const answers = route.destinations.map((destination) => ({
    answer: nameOf(destination),
    count: Math.max(0, (after[destination.cluster] ?? 0) - (before[destination.cluster] ?? 0)),
  }))
  return {total: answers.reduce((sum, {count}) => sum + count, 0), answers, other: 0, unmatched: 0, sequence: new Uint16Array(), timesMs: new Float64Array()}
}

/** The route's weights where subsets are counted by name: by `gatewayCounts`, or from an access log. */
export function gatewayExpectation(route: TcpRoute, source: string): Expectation {
  return {source, shares: route.destinations.map((destination) => ({name: nameOf(destination), answers: [nameOf(destination)], weight: destination.weight}))}
}

/**
 * What the client saw and the gateway counted, where they differ: `gateway v1 805, v2 197; client v1 803, v2 197`. Undefined where they agree, and
 * where the shares are not named by subset, so that nothing can be compared. They may differ because others used the gateway meanwhile, because
 * connections failed after the draw, or because a subset's pods answer with another's name.
 */
export function disagreement(client: Counts, gateway: Counts, {shares}: Expectation): string | undefined {
  if (!shares.some(({name}) => gateway.answers.some(({answer}) => answer === name))) return undefined
  const seen = shares.map(({name, answers}) => ({
    name,
    count: client.answers.filter(({answer}) => answers.includes(answer)).reduce((sum, {count}) => sum + count, 0),
  }))
  const drawn = seen.map(({name}) => ({name, count: gateway.answers.find(({answer}) => answer === name)?.count ?? 0}))
  if (seen.every(({count}, index) => count === drawn[index]?.count)) return undefined
  const list = (counts: readonly {name: string; count: number}[]) => counts.map(({name, count}) => `${name} ${count}`).join(', ')
  return `gateway ${list(drawn)}; client ${list(seen)}`
}
