import type {Labels} from '../../api/labels.js'
import {memoizeByIdentity} from '../../base/memoize.js'
import {indexDestinationRules, type DestinationRules, type MergedRule} from '../clusters/destination-rules.js'
import {groupBy} from '../group-by.js'
import {hostsOverlap, toFullHost} from '../host.js'
import {VIEW_FIELDS, type View, type ViewSnapshot} from '../mesh.js'
import {namespaceOf} from '../naming.js'
import type {DestinationRule} from '../objects/destination-rule.js'
import type {Service} from '../objects/service.js'
import {rememberBy} from '../remember.js'
import {indexServices, type Services} from '../services.js'

/** The mesh as each sidecar sees it, computed no further than it is asked for. */
export interface Views {
  of(client: {readonly namespace: string; readonly labels: Labels}): View
  /** All rules that may hold for a host, whoever sees them. */
  rulesFor(host: string): readonly DestinationRule[]
  /** The namespaces that a Service or ServiceEntry is kept to, where it is not for all. */
  exportsOf(host: string): readonly string[]
}

export const indexViews = rememberBy(VIEW_FIELDS, (snapshot, domain: string): Views => {
  const rulesFor = indexRules(snapshot.destinationRules, domain)
  const exports = restrictedHosts(snapshot, domain)
  const servicesOf = indexVisibleServices(snapshot, domain, new Set([...exports.values()].flat()))
  const known = new Map<string, View>()
  return {
    rulesFor,
    exportsOf: (host) => exports.get(host) ?? [],
    of({namespace, labels}) {
      const key = `${namespace} ${JSON.stringify(labels)}`
      const view = known.get(key)
      if (view !== undefined) return view
      const rules = lazyRules(rulesFor, {namespace, labels, domain})
      const fresh: View = {services: servicesOf(namespace), rules, domain, namespace, credentials: snapshot.credentials ?? {}, isSidecar: true}
      known.set(key, fresh)
      return fresh
    },
  }
})

/** The same view of Services, without any rule. */
export const withoutRules = memoizeByIdentity((view: View): View => ({...view, rules: {find: () => undefined, written: () => []}}))

/** Those for exactly the host, and those with a wildcard that covers it. */
function indexRules(rules: readonly DestinationRule[], domain: string): Views['rulesFor'] {
  const byHost = groupBy(rules, (rule) => toFullHost(rule.spec?.host ?? '', namespaceOf(rule), domain))
  const wildcards = [...byHost.keys()].filter((host) => host.startsWith('*'))
  return (host) => [
    ...(byHost.get(host) ?? []),
    ...wildcards.filter((wildcard) => wildcard !== host && hostsOverlap(wildcard, host)).flatMap((wildcard) => byHost.get(wildcard) ?? []),
  ]
}

/** Indexes only the few rules of a host, when it is first asked for. */
function lazyRules(rulesFor: Views['rulesFor'], proxy: Parameters<typeof indexDestinationRules>[1]): DestinationRules {
  const found = new Map<string, MergedRule | undefined>()
  const indexed = (host: string): DestinationRules => indexDestinationRules(rulesFor(host), proxy)
  return {
    find(host, serviceNamespace) {
      if (!found.has(host)) found.set(host, rulesFor(host).length === 0 ? undefined : indexed(host).find(host, serviceNamespace))
      return found.get(host)
    },
    written: (host) => indexed(host).written(host),
  }
}

const EXPORT_TO = 'networking.istio.io/exportTo'

function restrictedHosts({services, serviceEntries = []}: ViewSnapshot, domain: string): ReadonlyMap<string, readonly string[]> {
  const exports = [
    ...services.map((object) => ({object, hosts: [toFullHost(object.metadata.name, namespaceOf(object), domain)], exportTo: annotated(object)})),
    ...serviceEntries.map((object) => ({object, hosts: object.spec?.hosts ?? [], exportTo: object.spec?.exportTo ?? []})),
  ]
  const restricted = exports.filter(({exportTo}) => exportTo.length > 0 && !exportTo.includes('*'))
  return new Map(restricted.flatMap(({object, hosts, exportTo}) => hosts.map((host) => [host, [namespaceOf(object), ...exportTo]] as const)))
}

function annotated({metadata}: Service): readonly string[] {
  return metadata.annotations?.[EXPORT_TO]?.split(',').map((entry) => entry.trim()) ?? []
}

/** Namespaces that are not set apart by any `exportTo` see the same. */
function indexVisibleServices(snapshot: ViewSnapshot, domain: string, apart: ReadonlySet<string>): (namespace: string) => Services {
  const known = new Map<string, Services>()
  return (namespace) => {
    const key = apart.has(namespace) ? namespace : ''
    const services = known.get(key) ?? indexServices(snapshot, {namespace, labels: {}, domain})
    known.set(key, services)
    return services
  }
}
