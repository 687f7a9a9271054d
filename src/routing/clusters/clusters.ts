import type {Labels} from '../../api/labels.js'
import {memoizeByIdentity} from '../../base/memoize.js'
import {selects} from '../labels.js'
import type {Mesh, View} from '../mesh.js'
import type {Cluster} from '../routing.js'
import {aliasOf, tcpPortOf, type MeshService, type Target} from '../services.js'
import {clientTls} from '../tls/client-tls.js'
import {clusterSettings} from './cluster-settings.js'
import type {MergedRule} from './destination-rules.js'
import type {PortEndpoints, UnresolvedEndpoint} from './endpoints.js'
import {isDns} from './entry-endpoints.js'
import {policyFor, type Policy} from './traffic-policy.js'

/** A cluster with what it was made from, or the part whose absence keeps it from existing. */
export type ClusterOutcome =
  | BuiltCluster
  | {readonly type: 'no-service'}
  | {readonly type: 'no-port'; readonly service: MeshService}
  | {readonly type: 'no-subset'; readonly service: MeshService; readonly rule: MergedRule | undefined}
  /** A DNS cluster must have an endpoint, resolved or not, to exist at all. */
  | {readonly type: 'no-dns-endpoint'; readonly service: MeshService; readonly rule: MergedRule | undefined}

export interface BuiltCluster {
  readonly type: 'cluster'
  readonly cluster: Cluster
  readonly service: MeshService
  readonly rule: MergedRule | undefined
  readonly policy: Policy
  /** The labels of all endpoints, in their order. */
  readonly labels: readonly (Labels | undefined)[]
  /** Host names that should be endpoints and have no address. */
  readonly unresolved: readonly UnresolvedEndpoint[]
}

/**
 * The cluster a target names. Clusters come from Services and ServiceEntries, their TCP ports and the subsets of the DestinationRule that holds
 * for them, never from the VirtualService that refers to them (istio core/cluster.go). The same one again as long as the view is the same and so is
 * what is behind the port.
 */
export function buildCluster(target: Target, {view, endpoints}: Mesh): ClusterOutcome {
  const service = view.services.get(target.host)
  const servicePort = service && tcpPortOf(service, target.port)
  if (service === undefined || aliasOf(service) !== undefined) return NO_SERVICE
  if (servicePort === undefined) return noPort(service)
  const behind = endpoints.behind(service, servicePort)
  const known = builtIn(view).get(target.cluster)
  if (known?.behind === behind) return known.outcome
  const outcome = build(target, service, {view, behind})
  builtIn(view).set(target.cluster, {behind, outcome})
  return outcome
}

const NO_SERVICE: ClusterOutcome = {type: 'no-service'}
const noPort = memoizeByIdentity((service: MeshService): ClusterOutcome => ({type: 'no-port', service}))

interface Remembered {
  readonly behind: PortEndpoints
  readonly outcome: ClusterOutcome
}

/** By the cluster's name, which says all that a target does. */
const builtIn = memoizeByIdentity((_: View) => new Map<string, Remembered>())

interface Sources {
  readonly view: View
  readonly behind: PortEndpoints
}

function build({cluster: name, host, port, subset}: Target, service: MeshService, {view, behind}: Sources): ClusterOutcome {
  const rule = view.rules.find(host, service.namespace)
  const labels = rule?.subsets.get(subset)
  if (subset !== '' && labels === undefined) return {type: 'no-subset', service, rule}

  const isMember = (candidate: {readonly labels: Labels | undefined}): boolean => selects(labels?.labels, candidate.labels)
  const found = behind.endpoints.filter(isMember)
  const unresolved = behind.unresolved.filter(isMember)
  const discovery = discoveryOf(service)
  if (discovery !== undefined && found.length + unresolved.length === 0) return {type: 'no-dns-endpoint', service, rule}

  const policy = policyFor(rule, subset, port)
  const tls = clientTls(policy.tls, {service, rule, view})
  const members = isPassthrough(policy) && view.isSidecar !== true ? [] : found
  const endpoints = members.map(({endpoint}) => endpoint)
  const cluster = {name, host, port, subset, endpoints, ...(discovery && {discovery}), ...clusterSettings(policy), ...(tls && {tls})}
  return {type: 'cluster', cluster, service, rule, policy, labels: members.map((member) => member.labels), unresolved}
}

/** Undefined is EDS, also for ServiceEntries without resolution: a gateway has no original destination to pass on to (istio convertResolution). */
function discoveryOf(service: MeshService): Cluster['discovery'] {
  if (service.type !== 'entry' || !isDns(service.object)) return undefined
  return service.object.spec?.resolution === 'DNS' ? 'STRICT_DNS' : 'LOGICAL_DNS'
}

/**
 * An ORIGINAL_DST cluster. A gateway has no host for it, since connections are not redirected there; behind a sidecar it is the Service that the
 * client meant, with any of its endpoints.
 */
export function isPassthrough({loadBalancer}: Policy): boolean {
  return loadBalancer?.simple === 'PASSTHROUGH' && loadBalancer.consistentHash === undefined
}
