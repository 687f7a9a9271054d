import type {VirtualService} from '../../routing/objects/virtual-service.js'
import {fullName} from '../analyzed-object.js'
import {destinationsOf, type PlacedDestination} from '../destinations.js'
import {report} from '../finding.js'
import type {Rule} from '../rule.js'

/**
 * HTTP rules at a gateway that name no subset of a host for which another VirtualService chooses subsets: at the gateway nothing does. It concerns HTTP,
 * which is not served here, and is said because istioctl says it (istio virtualservice/destinationhosts.go analyzeSubset).
 */
export const ingressSubsets: Rule = {
  name: 'virtualservice.IngressSubsetAnalyzer',
  description: 'Checks that HTTP routes of gateways do not count on subsets that another virtual service chooses',
  codes: ['IST0140'],
  *check({inventory: {virtualServices}}) {
    const byHost = new Map<string, string[]>()
    for (const {object} of virtualServices) {
      for (const host of hostsWithSubset(object)) byHost.set(host, [...(byHost.get(host) ?? []), fullName(object)])
    }
    for (const subject of virtualServices) {
      if ((subject.object.spec?.gateways ?? []).length === 0) continue
      for (const {destination, path} of httpDestinations(subject.object)) {
        if ((destination.subset ?? '') !== '') continue
        for (const chooser of byHost.get(destination.host ?? '') ?? []) yield report(subject, 'IST0140', [chooser, fullName(subject.object)], path)
      }
    }
  },
}

function httpDestinations(service: VirtualService): readonly PlacedDestination[] {
  return destinationsOf(service).filter(({path, isMirror}) => path[1] === 'http' && !isMirror)
}

/** Of its own hosts, those it routes to a subset of. */
function hostsWithSubset(service: VirtualService): readonly string[] {
  const hosts = new Set(service.spec?.hosts ?? [])
  const routed = httpDestinations(service).filter(({destination}) => (destination.subset ?? '') !== '')
  return [...new Set(routed.flatMap(({destination: {host = ''}}) => (hosts.has(host) ? [host] : [])))]
}
