import {indexDestinationRules} from '../routing/clusters/destination-rules.js'
import {toFullHost} from '../routing/host.js'
import {namespaceOf} from '../routing/naming.js'
import type {DestinationRule} from '../routing/objects/destination-rule.js'
import type {Proxy} from '../routing/proxy.js'
import type {Cluster} from '../routing/routing.js'
import type {Snapshot} from '../routing/snapshot.js'
import type {RuleRef} from './envoy/cluster-config.js'

/** The objects of a snapshot that say which DestinationRule holds for a host. */
export type RuleSources = Pick<Snapshot, 'destinationRules' | 'services' | 'serviceEntries'>

/** The DestinationRules that hold together for a cluster, oldest first; none where there is none. */
export type RulesOf = (cluster: Pick<Cluster, 'host'>) => readonly DestinationRule[]

/** Says of a cluster which DestinationRules made its policy, as `proxy` sees them. */
export function indexRules(sources: RuleSources, proxy: Proxy): RulesOf {
  const rules = indexDestinationRules(sources.destinationRules, proxy)
  const homes = homesOf(sources, proxy.domain)
  return ({host}) => rules.find(host, homes.get(host) ?? proxy.namespace)?.sources ?? []
}

/** Istio notes the oldest of merged rules on the cluster. */
export function ruleRefs(rulesOf: RulesOf): (cluster: Cluster) => RuleRef | undefined {
  return (cluster) => {
    const [rule] = rulesOf(cluster)
    return rule && {namespace: namespaceOf(rule), name: rule.metadata.name}
  }
}

/** The namespace each host belongs to. */
function homesOf({services, serviceEntries = []}: RuleSources, domain: string): ReadonlyMap<string, string> {
  const entries = serviceEntries.flatMap((entry) => (entry.spec?.hosts ?? []).map((host): [string, string] => [host, namespaceOf(entry)]))
  const own = services.map((service): [string, string] => [toFullHost(service.metadata.name, namespaceOf(service), domain), namespaceOf(service)])
  return new Map([...entries, ...own])
}
