import type {RouteDestination} from '../../routing/objects/virtual-service.js'
import type {AnalyzedObject} from '../analyzed-object.js'
import {report, type Finding} from '../finding.js'
import type {Rule} from '../rule.js'

/** Weights that do not mean what they seem to say. */
export const weights: Rule = {
  name: 'tshift.WeightAnalyzer',
  description: 'Checks for weights that can never be served and for shares other than those written',
  codes: ['TSHIFT0201', 'TSHIFT0202', 'TSHIFT0203'],
  *check({inventory}) {
    for (const subject of inventory.virtualServices) {
      const {tcp = [], tls = []} = subject.object.spec ?? {}
      for (const [index, {route = []}] of tcp.entries()) yield* checkRoute(subject, route, {block: 'tcp', index})
      for (const [index, {route = []}] of tls.entries()) yield* checkRoute(subject, route, {block: 'tls', index})
    }
  },
}

/** The API server takes no other: the field is an int32. */
const MOST = 2 ** 31 - 1

interface Place {
  readonly block: 'tcp' | 'tls'
  readonly index: number
}

function* checkRoute(subject: AnalyzedObject, route: readonly RouteDestination[], {block, index}: Place): Generator<Finding> {
  const path = ['spec', block, index, 'route']
  const [first, ...more] = route
  if (more.length === 0) {
    const weight = first?.weight
    if (weight !== undefined && weight !== 100) yield report(subject, 'TSHIFT0202', [block, index, weight], [...path, 0, 'weight'])
    return
  }
  const total = route.reduce((sum, {weight = 0}) => sum + weight, 0)
  if (total <= 0) return // istiod refuses it
  for (const [place, {weight}] of route.entries()) {
    if (weight === undefined) yield report(subject, 'TSHIFT0201', [block, index, place], [...path, place])
  }
  const isServed = route.every(({weight = -1}) => weight >= 0 && weight <= MOST) // others are refused, so that they have no shares
  if (isServed && total !== 100) yield report(subject, 'TSHIFT0203', [block, index, total, sharesOf(route, total)], path)
}

function sharesOf(route: readonly RouteDestination[], total: number): string {
  return route.map(({weight = 0}) => `${Number(((weight / total) * 100).toFixed(1))}%`).join(', ')
}
