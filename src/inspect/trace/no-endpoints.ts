import {toFullHost} from '../../routing/host.js'
import {formatLabels, selects} from '../../routing/labels.js'
import {keyOf, namespaceOf, titleOf} from '../../routing/naming.js'
import type {Cluster} from '../../routing/routing.js'
import type {Labels} from '../../api/labels.js'
import type {DestinationRule} from '../../routing/objects/destination-rule.js'
import type {Pod} from '../../routing/objects/pod.js'
import type {Service} from '../../routing/objects/service.js'
import type {Known} from './known.js'
import type {BrokenLink, Place} from './trace.js'

const DOMAIN = 'cluster.local'
const CLOSED = 'connections are accepted and closed (UH)'

/** Why a cluster has nobody to answer: no pods, none with the subset's labels, or none that is ready. */
export function noEndpoints(cluster: Cluster, known: Known, rules: readonly DestinationRule[]): BrokenLink {
  const {snapshot, running} = known
  const service = snapshot.services.find((one) => toFullHost(one.metadata.name, namespaceOf(one), DOMAIN) === cluster.host)
  if (service?.spec?.selector === undefined) return unresolvedName(cluster, known) ?? nobodyKnown(cluster)
  const pods = snapshot.pods.filter((pod) => namespaceOf(pod) === namespaceOf(service) && selects(service.spec?.selector, pod.metadata.labels))
  const place: Place = {kind: 'Service', namespace: namespaceOf(service), name: service.metadata.name, path: ['spec', 'selector']}
  if (pods.length === 0) {
    return {
      text: `no pod has the labels ${formatLabels(service.spec.selector)} of Service ${keyOf(service)}: ${CLOSED}`,
      mend: 'apply a Deployment whose pods have them, or scale it up',
      place,
      flag: 'UH',
    }
  }
  const subset = subsetOf(cluster, rules)
  const members = pods.filter((pod) => selects(subset?.labels, pod.metadata.labels))
  if (members.length === 0 && subset !== undefined) return wrongLabels(service, pods, subset)
  return notReady(members, running !== undefined)
}

/** What compiling found out about the names behind a ServiceEntry. */
function unresolvedName({host, discovery}: Cluster, {snapshot, routing}: Known): BrokenLink | undefined {
  if (discovery === undefined) return undefined
  for (const entry of (snapshot.serviceEntries ?? []).filter(({spec}) => spec?.hosts?.includes(host))) {
    const found = routing.findings.find(({code, object}) => code === 'host-not-resolved' && object === titleOf(entry))
    const field = (entry.spec?.endpoints ?? []).length > 0 ? 'endpoints' : 'hosts'
    const place: Place = {kind: 'ServiceEntry', namespace: namespaceOf(entry), name: entry.metadata.name, path: ['spec', field]}
    if (found !== undefined) return {text: found.message, mend: 'give it a name that this machine can resolve, or endpoints with addresses', place, flag: 'UH'}
  }
  return undefined
}

function nobodyKnown({name, discovery}: Cluster): BrokenLink {
  const mend = discovery === undefined ? "give it endpoints: an EndpointSlice, or the ServiceEntry's endpoints" : 'see that its host names resolve'
  return {text: `cluster ${name} has no endpoint: ${CLOSED}`, mend, flag: 'UH'}
}

interface SubsetPlace {
  readonly name: string
  readonly labels: Labels
  readonly place: Place
}

function subsetOf({subset}: Cluster, rules: readonly DestinationRule[]): SubsetPlace | undefined {
  for (const rule of rules) {
    const index = rule.spec?.subsets?.findIndex(({name}) => name === subset) ?? -1
    const place = {kind: 'DestinationRule', namespace: namespaceOf(rule), name: rule.metadata.name, path: ['spec', 'subsets', index, 'labels']}
    if (index >= 0) return {name: subset, labels: rule.spec?.subsets?.[index]?.labels ?? {}, place}
  }
  return undefined
}

function wrongLabels(service: Service, pods: readonly Pod[], {name, labels, place}: SubsetPlace): BrokenLink {
  const text = `none of the ${pods.length} pod(s) of Service ${keyOf(service)} has the labels ${formatLabels(labels)} of subset ${name}: ${CLOSED}`
  return {text, mend: "apply a Deployment whose pods have them, or correct the subset's labels", place, flag: 'UH'}
}

function notReady(pods: readonly Pod[], isRunning: boolean): BrokenLink {
  const names = pods.map(keyOf).join(', ')
  const [first] = pods
  const mend = isRunning
    ? `'tshift get pods -n ${first === undefined ? 'default' : namespaceOf(first)}' and 'tshift logs' say why`
    : "nothing runs pods: start the gateway with 'tshift gateway start'"
  return {text: `${pods.length} pod(s) match and none is ready: ${names}: ${CLOSED}`, mend, flag: 'UH'}
}
