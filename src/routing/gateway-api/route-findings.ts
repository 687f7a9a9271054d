import {namespaceOf, titleOf} from '../naming.js'
import type {RoutingFinding} from '../routing.js'
import type {ConvertedRoutes} from './convert-route.js'

/** What a cluster shows in a route's status alone, or not at all. */
export function routeFindings({route, refused, problem}: ConvertedRoutes): readonly RoutingFinding[] {
  const object = titleOf(route)
  const unattached = refused.map(({ref, reasons}): RoutingFinding => {
    const gateway = `${ref.kind ?? 'Gateway'} ${ref.namespace ?? namespaceOf(route)}/${ref.name}`
    return {code: 'route-not-attached', level: 'warning', object, message: `it is not attached to ${gateway}: ${reasons.join('; ')}`}
  })
  if (problem === undefined) return unattached
  const effect = problem.reason === 'InvalidDestination' ? 'the route has no effect' : 'its share of the connections fails'
  return [...unattached, {code: 'route-backend', level: 'warning', object, message: `${problem.message}: ${effect}`}]
}
