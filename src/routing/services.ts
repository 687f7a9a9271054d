import {inCreationOrder} from './creation-order.js'
import {groupBy} from './group-by.js'
import {toFullHost} from './host.js'
import {namespaceOf} from './naming.js'
import type {Proxy} from './proxy.js'
import {rememberBy} from './remember.js'
import type {ServiceEntry} from './objects/service-entry.js'
import type {Service, ServicePort} from './objects/service.js'
import type {RouteDestination} from './objects/virtual-service.js'
import type {Snapshot} from './snapshot.js'
import {visibilityOf} from './visibility.js'

const EXPORT_TO = 'networking.istio.io/exportTo'

/** What a host name stands for: a Service of the cluster, or what ServiceEntries say is behind a name (istio model.Service). */
export type MeshService = KubernetesService | EntryService

interface NamedService {
  readonly host: string
  readonly namespace: string
  readonly ports: readonly ServicePort[]
}

export interface KubernetesService extends NamedService {
  readonly type: 'kubernetes'
  readonly object: Service
}

export interface EntryService extends NamedService {
  readonly type: 'entry'
  /** The oldest, whose ports and resolution hold. */
  readonly object: ServiceEntry
  /** All for the host in the namespace, oldest first: their endpoints are put together. */
  readonly entries: readonly ServiceEntry[]
}

/** What the proxy may send to, by host name. */
export type Services = ReadonlyMap<string, MeshService>

/** One name has one owner: a Service before any ServiceEntry, of those the oldest (istio model SidecarScope.servicesByHostname). */
export function indexServices(snapshot: Pick<Snapshot, 'services' | 'serviceEntries'>, {namespace, domain}: Proxy): Services {
  return servicesSeenFrom(snapshot, namespace, domain)
}

const servicesSeenFrom = rememberBy(['services', 'serviceEntries'], ({services, serviceEntries = []}, from: string, domain: string): Services => {
  const found = new Map<string, MeshService>()
  for (const service of services.filter((object) => isSeen(object, exportToOf(object), from))) {
    const namespace = namespaceOf(service)
    const host = toFullHost(service.metadata.name, namespace, domain)
    found.set(host, {type: 'kubernetes', object: service, host, namespace, ports: service.spec?.ports ?? []})
  }
  const seen = inCreationOrder(serviceEntries).filter((object) => isSeen(object, object.spec?.exportTo, from))
  for (const [host, entries] of groupBy(seen.flatMap(byHost), ([host]) => host)) {
    if (!found.has(host)) found.set(host, entryService(host, entries.map(([, object]) => object)))
  }
  return found
})

function isSeen(object: Service | ServiceEntry, exportTo: readonly string[] | undefined, from: string): boolean {
  return visibilityOf(exportTo, namespaceOf(object), from) !== 'none'
}

function exportToOf({metadata}: Service): readonly string[] | undefined {
  return metadata.annotations?.[EXPORT_TO]?.split(',').map((entry) => entry.trim())
}

function byHost(object: ServiceEntry): readonly (readonly [string, ServiceEntry])[] {
  return (object.spec?.hosts ?? []).map((host) => [host, object] as const)
}

function entryService(host: string, entries: readonly ServiceEntry[]): EntryService {
  const [oldest] = entries
  if (oldest === undefined) throw new RangeError(`no ServiceEntry has the host ${host}`)
  const namespace = namespaceOf(oldest)
  const ports = (oldest.spec?.ports ?? []).flatMap(({number, name = '', protocol = '', targetPort}): readonly ServicePort[] => {
    if (number === undefined) return []
    return [{name, port: number, protocol: protocol.toUpperCase() === 'UDP' ? 'UDP' : 'TCP', ...(targetPort !== undefined && targetPort > 0 && {targetPort})}]
  })
  return {type: 'entry', object: oldest, entries: entries.filter((entry) => namespaceOf(entry) === namespace), host, namespace, ports}
}

/** Where a route destination leads: the name of a cluster and what it is made of. */
export interface Target {
  readonly cluster: string
  readonly host: string
  readonly port: number
  readonly subset: string
}

/**
 * The cluster of a destination. A missing port is the Service's only port, or the port of the Gateway server; an ExternalName Service stands
 * for the Service it names (istio core/route GetDestinationCluster).
 */
export function targetOf({destination}: RouteDestination, services: Services, from: {namespace: string; domain: string; serverPort: number}): Target {
  const host = toFullHost(destination?.host ?? '', from.namespace, from.domain)
  const subset = destination?.subset ?? ''
  const service = services.get(host)
  const port = destination?.port?.number ?? (service?.ports.length === 1 ? service.ports[0]?.port : undefined) ?? from.serverPort
  if (host === '') return {cluster: 'UnknownService', host, port, subset}
  const finalHost = aliasOf(service) ?? host
  return {cluster: `outbound|${port}|${subset}|${finalHost}`, host: finalHost, port, subset}
}

/** The host an ExternalName Service stands for. */
export function aliasOf(service: MeshService | undefined): string | undefined {
  return service?.type === 'kubernetes' && service.object.spec?.type === 'ExternalName' ? service.object.spec.externalName : undefined
}

/** A Service's TCP port with this number: UDP ports make no clusters. */
export function tcpPortOf({ports}: Pick<MeshService, 'ports'>, number: number): ServicePort | undefined {
  return ports.find(({port, protocol}) => port === number && (protocol ?? 'TCP') !== 'UDP')
}
