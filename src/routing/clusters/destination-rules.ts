import {memoizeByIdentity} from '../../base/memoize.js'
import {inCreationOrder} from '../creation-order.js'
import {groupBy} from '../group-by.js'
import {hostsOverlap, toFullHost} from '../host.js'
import {selects} from '../labels.js'
import {namespaceOf} from '../naming.js'
import type {DestinationRule, Subset, TrafficPolicy} from '../objects/destination-rule.js'
import {ROOT_NAMESPACE, type Proxy} from '../proxy.js'
import {visibilityOf} from '../visibility.js'

/** What DestinationRules of one host and one namespace say together. */
export interface MergedRule {
  /** In order of creation. */
  readonly sources: readonly DestinationRule[]
  readonly trafficPolicy: TrafficPolicy | undefined
  readonly subsets: ReadonlyMap<string, Subset>
}

export interface DestinationRules {
  /** The one rule that holds for a Service's host, if any. */
  find(host: string, serviceNamespace: string): MergedRule | undefined
  /** Every rule for exactly this host, whoever may see it: to explain why a subset is missing. */
  written(host: string): readonly DestinationRule[]
}

/** Rules of one namespace by host: those written for exactly that name, and the wildcard hosts, longest first. */
interface Scope {
  readonly exact: ReadonlyMap<string, readonly DestinationRule[]>
  readonly wildcards: readonly string[]
}

/**
 * The rules a proxy sees. Asked in turn: the proxy's own namespace (in the root namespace only what is kept there with `exportTo: ["."]`), the
 * Service's namespace, the root namespace; a rule in any other namespace has no effect (istio push_context.go destinationRule).
 */
export const indexDestinationRules = memoizeByIdentity((rules: readonly DestinationRule[], proxy: Proxy): DestinationRules => {
  const ordered = inCreationOrder(rules)
  const own = ordered.filter((rule) => namespaceOf(rule) === proxy.namespace)
  const local = scopeOf(proxy.namespace === ROOT_NAMESPACE ? own.filter(isKeptLocal) : own, proxy)
  const exported = exportedScopes(ordered, proxy)
  const all = scopeOf(ordered, proxy)
  const find = (host: string, serviceNamespace: string): MergedRule | undefined => {
    for (const scope of [local, exported.get(serviceNamespace), exported.get(ROOT_NAMESPACE)]) {
      const found = scope && mostSpecific(scope, host)
      if (found !== undefined) return applicable(found, proxy)
    }
    return undefined
  }
  const known = new Map<string, MergedRule | undefined>() // by host, which has one namespace
  return {
    find(host, serviceNamespace) {
      if (!known.has(host)) known.set(host, find(host, serviceNamespace))
      return known.get(host)
    },
    written: (host) => all.exact.get(host) ?? [],
  }
})

function isKeptLocal({spec}: DestinationRule): boolean {
  return spec?.exportTo?.length === 1 && spec.exportTo[0] === '.'
}

function exportedScopes(rules: readonly DestinationRule[], proxy: Proxy): ReadonlyMap<string, Scope> {
  const visible = rules.filter((rule) => visibilityOf(rule.spec?.exportTo, namespaceOf(rule), proxy.namespace) !== 'none')
  return new Map([...groupBy(visible, namespaceOf)].map(([namespace, list]) => [namespace, scopeOf(list, proxy)]))
}

function scopeOf(rules: readonly DestinationRule[], {domain}: Proxy): Scope {
  const exact = groupBy(rules, (rule) => toFullHost(rule.spec?.host ?? '', namespaceOf(rule), domain))
  const wildcards = [...exact.keys()].filter((host) => host.startsWith('*')).sort((a, b) => b.length - a.length)
  return {exact, wildcards}
}

function mostSpecific({exact, wildcards}: Scope, host: string): readonly DestinationRule[] | undefined {
  return exact.get(host) ?? exact.get(wildcards.find((wildcard) => hostsOverlap(wildcard, host)) ?? '')
}

/**
 * The rule that holds among several for one host. One that selects this very workload wins, which only its own namespace can do; otherwise the
 * last group that selects no workload. Rules merge with rules of the same selector and `exportTo` only (SidecarScope.DestinationRule,
 * ENABLE_ENHANCED_DESTINATIONRULE_MERGE).
 */
function applicable(rules: readonly DestinationRule[], proxy: Proxy): MergedRule | undefined {
  const groups = [...groupBy(rules, ({spec}) => JSON.stringify([[...(spec?.exportTo ?? [])].sort(), spec?.workloadSelector])).values()]
  const selected = groups.find(([rule]) => rule !== undefined && selectsProxy(rule, proxy))
  const group = selected ?? groups.findLast(([rule]) => rule?.spec?.workloadSelector === undefined)
  return group && merge(group)
}

function selectsProxy(rule: DestinationRule, proxy: Proxy): boolean {
  const selector = rule.spec?.workloadSelector
  return selector !== undefined && namespaceOf(rule) === proxy.namespace && selects(selector.matchLabels, proxy.labels)
}

/** Subsets add up, the first of a name wins; the first top-level policy there is holds (istio model mergeDestinationRule). */
function merge(sources: readonly DestinationRule[]): MergedRule {
  const subsets = new Map<string, Subset>()
  for (const subset of sources.flatMap(({spec}) => spec?.subsets ?? [])) {
    if (subset.name !== undefined && !subsets.has(subset.name)) subsets.set(subset.name, subset)
  }
  return {sources, trafficPolicy: sources.find(({spec}) => spec?.trafficPolicy !== undefined)?.spec?.trafficPolicy, subsets}
}
