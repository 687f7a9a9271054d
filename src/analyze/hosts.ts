import type {KubeObject} from '../api/object.js'
import {toFullHost} from '../routing/host.js'
import type {Labels} from '../api/labels.js'
import type {Inventory} from './inventory.js'

const DOMAIN = 'cluster.local'
const ALL_NAMESPACES = '*'
const EXPORT_TO = 'networking.istio.io/exportTo'

/** A host that exists: a Service's or one of a ServiceEntry. */
export interface KnownHost {
  readonly ports: readonly number[]
  /** A ServiceEntry's; Services count for subsets without their selector, as in istioctl. */
  readonly workloadSelector: Labels
}

/** Every host there is, with who may see it. Source: istio analyzers/util service_lookup.go. */
export interface Hosts {
  /** The host as an object in `namespace` that is exported to `exportTo` means it. */
  find(host: string, from: {readonly namespace: string; readonly exportTo?: readonly string[] | undefined}): KnownHost | undefined
}

const known = new WeakMap<Inventory, Hosts>()

/** The hosts of an inventory, indexed once for all rules that ask. */
export function hostsOf(inventory: Inventory): Hosts {
  const found = known.get(inventory) ?? indexHosts(inventory)
  known.set(inventory, found)
  return found
}

function indexHosts(inventory: Inventory): Hosts {
  const byScope = new Map([...serviceEntryHosts(inventory), ...serviceHosts(inventory)])
  const wildcards = [...byScope].flatMap(([scoped, host]) => {
    const slash = scoped.indexOf('/')
    const [scope, name] = [scoped.slice(0, slash), scoped.slice(slash + 1)]
    return name.startsWith('*') ? [{scope, suffix: name.slice(1), host}] : []
  })
  return {
    find(host, {namespace, exportTo = []}) {
      const scopes = exportTo.length === 0 ? [namespace] : exportTo.map((entry) => (entry === '.' ? namespace : entry))
      for (const scope of [ALL_NAMESPACES, ...scopes]) {
        const found = byScope.get(scopedHost(scope, namespace, host))
        if (found !== undefined) return found
      }
      const suffix = host.startsWith('*') ? host.slice(1) : host
      return wildcards.find((entry) => (entry.scope === ALL_NAMESPACES || entry.scope === namespace) && suffix.endsWith(entry.suffix))?.host
    },
  }
}

function* serviceEntryHosts({serviceEntries}: Inventory): Generator<[scoped: string, host: KnownHost]> {
  for (const {object} of serviceEntries) {
    const {hosts = [], ports = [], exportTo = [], workloadSelector} = object.spec ?? {}
    const host = {ports: ports.flatMap(({number}) => (number === undefined ? [] : [number])), workloadSelector: workloadSelector?.labels ?? {}}
    for (const name of hosts) for (const scope of scopesOf(exportTo, object)) yield [scopedHost(scope, object.metadata.namespace ?? '', name), host]
  }
}

function* serviceHosts({services}: Inventory): Generator<[scoped: string, host: KnownHost]> {
  for (const {object} of services) {
    const exportTo = object.metadata.annotations?.[EXPORT_TO]?.split(',') ?? []
    const host = {ports: (object.spec?.ports ?? []).map(({port}) => port), workloadSelector: {}}
    for (const scope of scopesOf(exportTo, object)) yield [scopedHost(scope, object.metadata.namespace ?? '', object.metadata.name), host]
  }
}

/** The namespaces an object is exported to, `*` for all. */
export function scopesOf(exportTo: readonly string[], {metadata}: KubeObject): readonly string[] {
  if (exportTo.length === 0 || exportTo.includes(ALL_NAMESPACES)) return [ALL_NAMESPACES]
  return [...new Set(exportTo.map((entry) => (entry === '.' ? (metadata.namespace ?? '') : entry)))]
}

/** `scope/full.host.name`, as messages print it. */
export function scopedHost(scope: string, namespace: string, host: string): string {
  return `${scope}/${toFullHost(host, namespace, DOMAIN)}`
}

/** `namespace/name` of the Service a host means, as the analyzers guess it: FQDNs of Services are taken apart, all else is a short name. */
export function resourceNameOf(host: string, namespace: string): string {
  const [, name, ofNamespace] = /^(.+)\.(.+)\.svc\.cluster\.local$/.exec(host) ?? []
  return name === undefined || ofNamespace === undefined ? `${namespace}/${host}` : `${ofNamespace}/${name}`
}
