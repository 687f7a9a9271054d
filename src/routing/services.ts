import {namespaceOf} from './naming.js'
import type {Proxy} from './proxy.js'
import type {RouteDestination, Service, ServicePort} from './snapshot.js'
import {toFullHost} from './host.js'
import {visibilityOf} from './visibility.js'

const EXPORT_TO = 'networking.istio.io/exportTo'

/** The Services the proxy may send to, by host name. */
export type Services = ReadonlyMap<string, Service>

export function indexServices(services: readonly Service[], proxy: Proxy): Services {
  const visible = services.filter((service) => {
    const exportTo = service.metadata.annotations?.[EXPORT_TO]
    return exportTo === undefined || visibilityOf(exportTo.split(',').map((entry) => entry.trim()), namespaceOf(service), proxy.namespace) !== 'none'
  })
  return new Map(visible.map((service) => [toFullHost(service.metadata.name, namespaceOf(service), proxy.domain), service]))
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
  const spec = services.get(host)?.spec
  const port = destination?.port?.number ?? (spec?.ports?.length === 1 ? spec.ports[0]?.port : undefined) ?? from.serverPort
  if (host === '') return {cluster: 'UnknownService', host, port, subset}
  const finalHost = spec?.type === 'ExternalName' && spec.externalName !== undefined ? spec.externalName : host
  return {cluster: `outbound|${port}|${subset}|${finalHost}`, host: finalHost, port, subset}
}

/** A Service's TCP port with this number: UDP ports make no clusters. */
export function tcpPortOf(service: Service, number: number): ServicePort | undefined {
  return service.spec?.ports?.find(({port, protocol}) => port === number && (protocol ?? 'TCP') !== 'UDP')
}
