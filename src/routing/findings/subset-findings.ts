import {memoizeByIdentity} from '../../base/memoize.js'
import {groupBy} from '../group-by.js'
import {hostsOverlap, toFullHost} from '../host.js'
import {namespaceOf, titleOf} from '../naming.js'
import type {DestinationRule} from '../objects/destination-rule.js'
import type {RouteDestination, VirtualService} from '../objects/virtual-service.js'
import type {RoutingFinding} from '../routing.js'
import type {Snapshot} from '../snapshot.js'

/** Subsets with a policy of their own that no VirtualService sends anything to, be it over HTTP: their policies wait for a route. */
export function unroutedSubsets({destinationRules, virtualServices}: Snapshot, domain: string): readonly RoutingFinding[] {
  const candidates = withSubsetPolicies(destinationRules)
  if (candidates.length === 0) return []
  const routed = groupBy(virtualServices.flatMap((object) => subsetsIn(object, domain)), ({subset}) => subset)
  return candidates.flatMap((object) => {
    const host = toFullHost(object.spec?.host ?? '', namespaceOf(object), domain)
    const unused = (object.spec?.subsets ?? []).filter(
      ({name = '', trafficPolicy}) => trafficPolicy !== undefined && !routed.get(name)?.some((destination) => hostsOverlap(host, destination.host)),
    )
    return unused.map(({name}): RoutingFinding => {
      const message = `no route sends anything to subset ${name}, so that its trafficPolicy has no effect`
      return {code: 'subset-policy-without-effect', level: 'warning', object: titleOf(object), message}
    })
  })
}

const withSubsetPolicies = memoizeByIdentity((rules: readonly DestinationRule[]): readonly DestinationRule[] => {
  return rules.filter(({spec}) => spec?.subsets?.some(({trafficPolicy}) => trafficPolicy !== undefined))
})

interface RoutedSubset {
  readonly host: string
  readonly subset: string
}

function subsetsIn(object: VirtualService, domain: string): readonly RoutedSubset[] {
  const {tcp = [], tls = [], http = []} = object.spec ?? {}
  const destinations = [...tcp, ...tls].flatMap(({route = []}) => route.map(({destination}) => destination))
  return [...destinations, ...http.flatMap(destinationsIn)].flatMap((destination) => {
    const {host, subset} = destination ?? {}
    return host === undefined || subset === undefined ? [] : [{host: toFullHost(host, namespaceOf(object), domain), subset}]
  })
}

/** HTTP routes name destinations in several places: routes, mirrors, lists of mirrors. */
function destinationsIn(value: unknown): readonly RouteDestination['destination'][] {
  if (typeof value !== 'object' || value === null) return []
  if (Array.isArray(value)) return value.flatMap(destinationsIn)
  const {host, subset} = value as {readonly host?: unknown; readonly subset?: unknown}
  const own = typeof host === 'string' && typeof subset === 'string' ? [{host, subset}] : []
  return [...own, ...Object.values(value).flatMap(destinationsIn)]
}
