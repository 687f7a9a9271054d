import type {FilterChain, RoutingFinding, WeightedCluster} from '../../routing/routing.js'
import {clusterNameOf} from '../proxy-view.js'
import type {Known} from './known.js'
import type {BrokenLink, Place} from './trace.js'

const MENDS: Readonly<Record<string, string>> = {
  'missing-service': 'apply the Service, or write its name as it is (one in another namespace in full: name.namespace.svc.cluster.local)',
  'missing-port': 'send to a port the Service has, or add it to the Service',
  'missing-subset': "apply a DestinationRule for the host with that subset, in the Service's namespace, and not kept back by its exportTo",
}

/** Why the cluster of a destination does not exist (NC): routing says which part is missing. */
export function missingCluster(destination: WeightedCluster, chain: FilterChain, {routing}: Known, place: Place | undefined): BrokenLink {
  const name = clusterNameOf(destination.cluster)
  const finding = routing.findings.find((one) => isAbout(one, chain, name))
  const text = finding === undefined ? `cluster ${name} does not exist: connections are accepted and closed (NC)` : `${finding.object} ${finding.message}`
  const mend = MENDS[finding?.code ?? ''] ?? 'apply the Service, and the DestinationRule with the subset, that the route names'
  return {text, mend, ...(place === undefined ? {} : {place: destinationOf(place)}), flag: 'NC'}
}

function isAbout({code, object, message}: RoutingFinding, {source}: FilterChain, cluster: string): boolean {
  const [, port = '', subset = '', host = ''] = cluster.split('|')
  if (source === undefined || object !== `${source.kind ?? 'VirtualService'} ${source.namespace}/${source.name}`) return false
  switch (code) {
    case 'missing-service':
      return message.includes(`host ${host},`)
    case 'missing-port':
      return message.includes(`port ${port},`)
    case 'missing-subset':
      return message.includes(`subset ${subset} of ${host},`)
    default:
      return false
  }
}

/** The destination rather than its weight is what is wrong. */
function destinationOf(place: Place): Place {
  const path = place.path.at(-1) === 'weight' ? place.path.slice(0, -1) : place.path
  return {...place, path: place.kind === 'VirtualService' ? [...path, 'destination'] : path}
}
