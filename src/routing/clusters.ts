import type {MergedRule} from './destination-rules.js'
import {selects} from './labels.js'
import type {Mesh} from './mesh.js'
import {namespaceOf} from './naming.js'
import type {Cluster} from './routing.js'
import {tcpPortOf, type Target} from './services.js'
import type {Service} from './snapshot.js'
import {clusterSettings, policyFor, type Policy} from './traffic-policy.js'

/** A cluster with what it was made from, or the part whose absence keeps it from existing. */
export type ClusterOutcome =
  | {readonly type: 'cluster'; readonly cluster: Cluster; readonly service: Service; readonly rule: MergedRule | undefined; readonly policy: Policy}
  | {readonly type: 'no-service'}
  | {readonly type: 'no-port'; readonly service: Service}
  | {readonly type: 'no-subset'; readonly service: Service; readonly rule: MergedRule | undefined}

/**
 * The cluster a target names. Clusters come from Services, their TCP ports and the subsets of the DestinationRule that holds for them, never
 * from the VirtualService that refers to them (istio core/cluster.go).
 */
export function buildCluster({cluster: name, host, port, subset}: Target, mesh: Mesh): ClusterOutcome {
  const service = mesh.services.get(host)
  if (service === undefined || service.spec?.type === 'ExternalName') return {type: 'no-service'}
  const servicePort = tcpPortOf(service, port)
  if (servicePort === undefined) return {type: 'no-port', service}
  const rule = mesh.rules.find(host, namespaceOf(service))
  const labels = rule?.subsets.get(subset)
  if (subset !== '' && labels === undefined) return {type: 'no-subset', service, rule}

  const policy = policyFor(rule, subset, port)
  const endpoints = mesh.endpoints
    .of(service, servicePort)
    .filter((candidate) => selects(labels?.labels, candidate.labels))
    .map(({endpoint}) => endpoint)
  return {type: 'cluster', cluster: {name, host, port, subset, endpoints, ...clusterSettings(policy)}, service, rule, policy}
}
