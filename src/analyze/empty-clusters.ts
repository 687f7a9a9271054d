import {selects} from '../routing/labels.js'
import type {RoutingFinding} from '../routing/routing.js'
import type {Labels, Service} from '../routing/snapshot.js'
import {titleOf} from '../routing/naming.js'
import {resourceNameOf} from './hosts.js'
import type {Inventory} from './inventory.js'
import {workloadsOf} from './workloads.js'

/**
 * Whether a cluster without endpoints would stay so if everything ran. Objects in files have no endpoints yet, and neither have pods that
 * nobody has started: only a selector that finds no pod at all is a mistake of the configuration.
 */
export function isEmptyForGood({object, message}: RoutingFinding, inventory: Inventory): boolean {
  const service = inventory.services.find((subject) => titleOf(subject.object) === object)
  if (service !== undefined) return !hasWorkload(service.object, {}, inventory)
  const rule = inventory.destinationRules.find((subject) => titleOf(subject.object) === object)?.object
  const [, name] = /^subset (\S+) /.exec(message) ?? []
  if (rule === undefined) return false
  const labels = rule.spec?.subsets?.find((subset) => subset.name === name)?.labels ?? {}
  const behind = inventory.find(inventory.services, resourceNameOf(rule.spec?.host ?? '', rule.metadata.namespace ?? ''))
  return behind !== undefined && !hasWorkload(behind.object, labels, inventory)
}

/** A Service without selector has the endpoints someone writes for it. */
function hasWorkload({metadata, spec}: Service, labels: Labels, inventory: Inventory): boolean {
  const {selector = {}} = spec ?? {}
  if (Object.keys(selector).length === 0) return true
  return workloadsOf(inventory).some((workload) => workload.namespace === (metadata.namespace ?? '') && selects({...selector, ...labels}, workload.labels))
}
