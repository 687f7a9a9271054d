import type {BoundRule} from '../bindings.js'
import {missingCluster} from '../findings/destination-findings.js'
import {routeTo} from '../gateways/own-route.js'
import {toFullHost} from '../host.js'
import {namespaceOf} from '../naming.js'
import {sourceOf} from '../origin.js'
import type {ChainMatch, FilterChain, RoutingFinding} from '../routing.js'
import {distinctionsOf, type ClientClass, type ClientIndex} from './client-classes.js'
import {ELSEWHERE} from './clients.js'
import type {ClusterKeys} from './cluster-keys.js'
import type {MeshRules} from './mesh-rules.js'
import type {Place} from './place.js'
import {sidecarChains, type SidecarChain} from './sidecar-chains.js'
import {withoutRules, type Views} from './views.js'

/** What the chains of every place are made from, and the clusters that they add. */
export interface ChainContext {
  readonly domain: string
  readonly rules: MeshRules
  readonly views: Views
  readonly clients: ClientIndex
  /** Blocks of the pods without a sidecar. */
  readonly outside: readonly string[]
  readonly keys: ClusterKeys
}

/** A chain with its clusters' keys in place, but not yet for anyone in particular. */
interface DraftChain extends SidecarChain {
  readonly route: FilterChain['route']
  readonly findings: readonly RoutingFinding[]
}

/** The chains of a place for one class of clients. A sidecar that does not see the Service passes its connections on as they are. */
export function chainsFor({sidecar}: ClientClass, place: Place, {rules, views, keys}: ChainContext): readonly DraftChain[] {
  const view = views.of(sidecar)
  if (!view.services.has(place.host)) return plainChains(place, views, keys)
  return sidecarChains(place, sidecar, {services: rules.forHost(place.host), view}).map((chain) => {
    const added = chain.compiled.targets.map((target) => ({target, ...keys.add(target, view)}))
    const destinations = chain.compiled.route.destinations.map((destination, i) => ({...destination, cluster: added[i]?.key ?? destination.cluster}))
    const {rule} = chain
    const findings = rule === undefined ? [] : added.flatMap(({target, outcome}) => missingCluster(rule, target, {outcome, mesh: view}))
    return {...chain, route: {...chain.compiled.route, destinations}, findings}
  })
}

function plainChains({host, port, service}: Place, views: Views, keys: ClusterKeys): readonly DraftChain[] {
  const view = views.of({namespace: namespaceOf(service), labels: {}})
  const own = routeTo({host, port, subset: ''}, withoutRules(view))
  if (own === undefined) return []
  const destinations = own.route.destinations.map((destination, i) => {
    const target = own.targets[i]
    return target === undefined ? destination : {...destination, cluster: keys.addPlain(target, view)}
  })
  return [{compiled: own, route: {...own.route, destinations, idleTimeoutMs: 0}, findings: []}]
}

interface ChainsOfAll {
  readonly chains: readonly FilterChain[]
  /** Those that some client follows. */
  readonly rules: readonly BoundRule[]
  readonly findings: readonly RoutingFinding[]
}

/** The chains of clients that are no pods (`own`), and of each class of pods that has others. */
export function chainsByClient(place: Place, own: readonly DraftChain[], context: ChainContext): ChainsOfAll {
  const looks = looksOf(own)
  const [, ...classes] = context.clients.classesOf(distinctions(place, context))
  const others = new Map<string, {drafts: readonly DraftChain[]; sources: string[]}>()
  for (const each of classes) {
    if (hasSameView(each, place, context)) continue
    const drafts = chainsFor(each, place, context)
    const key = looksOf(drafts)
    if (key === looks) continue
    const known = others.get(key) ?? {drafts, sources: []}
    others.set(key, known)
    for (const {address} of each.members.flat()) known.sources.push(address)
  }
  const groups = [...others.values(), ...outsiders(own, place, context)]
  const drafts = [...own, ...groups.flatMap((group) => group.drafts)]
  return {
    chains: [...groups.flatMap((group) => group.drafts.map((draft) => chainOf(draft, place, group.sources))), ...own.map((draft) => chainOf(draft, place))],
    rules: drafts.flatMap(({rule}) => rule ?? []),
    findings: drafts.flatMap(({findings}) => findings),
  }
}

/** Without VirtualServices only the Service's DestinationRule can differ from that of clients that are no pods; this spares most of the work. */
function hasSameView({sidecar}: ClientClass, {host, service}: Place, {rules, views}: ChainContext): boolean {
  if (rules.forHost(host).length > 0) return false
  const [own, other] = [views.of(ELSEWHERE), views.of(sidecar)]
  if (own.services.has(host) !== other.services.has(host)) return false
  const [ruled, otherRuled] = [own, other].map((view) => view.rules.find(host, namespaceOf(service))?.sources ?? [])
  return ruled?.length === otherRuled?.length && ruled?.every((source, i) => source === otherRuled?.[i]) === true
}

function looksOf(drafts: readonly DraftChain[]): string {
  return JSON.stringify(drafts.map(({rule, match, route}) => [rule && sourceOf(rule), match, route]))
}

/** What may tell clients of a place apart: all that is written for its host and for the hosts its routes lead to. */
function distinctions({host}: Place, {rules, views, domain}: ChainContext): ReturnType<typeof distinctionsOf> {
  const services = rules.forHost(host)
  const destinations = services.flatMap(({object, namespace}) => {
    const blocks = [...(object.spec?.tcp ?? []), ...(object.spec?.tls ?? [])]
    return blocks.flatMap(({route = []}) => route.map(({destination}) => toFullHost(destination?.host ?? '', namespace, domain)))
  })
  const hosts = [...new Set([host, ...destinations])]
  return distinctionsOf({services, rules: hosts.flatMap((name) => views.rulesFor(name)), exportTo: hosts.flatMap((name) => views.exportsOf(name))})
}

/** Pods without a sidecar, where there are any and their route is another. */
function outsiders(own: readonly DraftChain[], place: Place, context: ChainContext): readonly {drafts: readonly DraftChain[]; sources: readonly string[]}[] {
  if (context.outside.length === 0 || isNoDifferent(own, place, context)) return []
  return [{drafts: plainChains(place, context.views, context.keys), sources: context.outside}]
}

/** With one endpoint and no policy it does not matter who chooses. */
function isNoDifferent(own: readonly DraftChain[], {host}: Place, {keys, rules, views}: ChainContext): boolean {
  if (rules.forHost(host).length > 0 || views.rulesFor(host).length > 0) return false
  return own.every(({route}) => route.destinations.every(({cluster}) => keys.endpointCount(cluster) <= 1))
}

function chainOf({rule, match, route}: DraftChain, {service, index, port}: Place, sources?: readonly string[]): FilterChain {
  const forWhom: ChainMatch = {...match, ...(sources !== undefined && {sources})}
  return {
    gateway: {namespace: namespaceOf(service), name: service.metadata.name, server: index, port},
    ...(rule !== undefined && {source: sourceOf(rule)}),
    ...(Object.keys(forWhom).length > 0 && {match: forWhom}),
    route,
  }
}
