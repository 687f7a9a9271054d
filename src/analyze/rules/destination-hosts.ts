import type {VirtualService} from '../../routing/objects/virtual-service.js'
import type {AnalyzedObject} from '../analyzed-object.js'
import {destinationsOf, type PlacedDestination} from '../destinations.js'
import {report, type Finding} from '../finding.js'
import {hostsOf, type Hosts, type KnownHost} from '../hosts.js'
import type {Rule} from '../rule.js'

/** Source: istio virtualservice/destinationhosts.go. */
export const destinationHosts: Rule = {
  name: 'virtualservice.DestinationHostAnalyzer',
  description: 'Checks the destination hosts associated with each virtual service',
  codes: ['IST0101', 'IST0112'],
  readsCoreKinds: true,
  *check({inventory}) {
    const hosts = hostsOf(inventory)
    for (const subject of inventory.virtualServices) {
      for (const placed of destinationsOf(subject.object)) yield* checkDestination(subject, placed, hosts)
    }
  },
}

function* checkDestination(subject: AnalyzedObject<VirtualService>, placed: PlacedDestination, hosts: Hosts): Generator<Finding> {
  const {metadata, spec} = subject.object
  const {destination, path, isMirror} = placed
  const host = destination.host ?? ''
  const found = hosts.find(host, {namespace: metadata.namespace ?? '', exportTo: spec?.exportTo})
  if (found === undefined) yield report(subject, 'IST0101', [isMirror ? 'mirror host' : 'host', host], path)
  else yield* checkPort(subject, placed, found)
}

function* checkPort(subject: AnalyzedObject, {destination, path}: PlacedDestination, {ports}: KnownHost): Generator<Finding> {
  const {host = '', port} = destination
  if (port === undefined) {
    if (ports.length > 1) yield report(subject, 'IST0112', [host, ports], path)
    return
  }
  const number = port.number ?? 0
  if (!ports.includes(number)) yield report(subject, 'IST0101', ['host:port', `${host}:${number}`], path)
}
