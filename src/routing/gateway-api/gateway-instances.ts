import {toFullHost} from '../host.js'
import {namespaceOf} from '../naming.js'
import type {EndpointSlice} from '../objects/endpoint-slice.js'
import type {Service} from '../objects/service.js'
import type {Snapshot} from '../snapshot.js'

/** How the Services of a Gateway stand, for its Programmed condition and its addresses. */
export interface GatewayInstances {
  /** `host:port` of what has endpoints. */
  readonly internal: readonly string[]
  /** Addresses of load balancers. */
  readonly external: readonly string[]
  /** Hosts of load balancers without an address yet. */
  readonly pending: readonly string[]
  /** For people, in order. */
  readonly warnings: readonly string[]
  /** False where waiting will not help. */
  readonly isUsable: boolean
  /** None of the Services has a ready endpoint. */
  readonly isIdle: boolean
}

interface Lookup {
  readonly hosts: readonly string[]
  readonly ports: readonly number[]
  readonly namespace: string
  readonly domain: string
}

interface Outcome {
  readonly internal?: string
  readonly external?: readonly string[]
  readonly warning?: string
  readonly pending?: string
  readonly unusable?: boolean
}

/** Looks for ready endpoints of every port at every Service, which must be in the Gateway's own namespace (istio ResolveGatewayInstances). */
export function gatewayInstances({hosts, ports, namespace, domain}: Lookup, snapshot: Pick<Snapshot, 'services' | 'endpointSlices'>): GatewayInstances {
  const outcomes = hosts.flatMap((host): readonly Outcome[] => {
    const named = snapshot.services.filter((service) => toFullHost(service.metadata.name, namespaceOf(service), domain) === host)
    const service = named.find((candidate) => namespaceOf(candidate) === namespace)
    if (service === undefined) return [{warning: notFound(host, namespace, named), unusable: true}]
    const slices = snapshot.endpointSlices.filter((slice) => isOf(slice, service))
    return ports.map((port) => portOutcome(host, port, {service, slices}))
  })
  const distinct = (texts: readonly (string | undefined)[]) => [...new Set(texts.flatMap((text) => text ?? []))].sort()
  return {
    internal: distinct(outcomes.map(({internal}) => internal)),
    external: distinct(outcomes.flatMap(({external = []}) => external)),
    pending: distinct(outcomes.map(({pending}) => pending)),
    warnings: distinct(outcomes.map(({warning}) => warning)),
    isUsable: !outcomes.some(({unusable = false}) => unusable),
    isIdle: outcomes.every(({internal}) => internal === undefined),
  }
}

function notFound(host: string, namespace: string, elsewhere: readonly Service[]): string {
  const others = elsewhere.map((service) => `"${namespaceOf(service)}"`).sort()
  if (others.length === 0) return `hostname "${host}" not found`
  return `hostname "${host}" not found in namespace "${namespace}", but it was found in namespace(s) ${others.join(', ')}`
}

const MANAGED_LABEL = 'gateway.istio.io/managed'

function portOutcome(host: string, port: number, {service, slices}: {service: Service; slices: readonly EndpointSlice[]}): Outcome {
  if (hasReady(service, port, slices)) return {internal: `${host}:${port}`, ...addressOf(host, service)}
  const alive = slices.filter((slice) => readyCount(slice) > 0)
  if (alive.length === 0) return {warning: `no instances found for hostname "${host}"`}
  const hints = (service.spec?.ports ?? []).filter((servicePort) => servesAt(servicePort.name, port, alive)).map((servicePort) => servicePort.port)
  if (hints.length > 0) {
    const hint = `the service port should be specified, not the workload port. Did you mean one of these ports: [${hints.sort((a, b) => a - b).join(' ')}]?`
    return {warning: `port ${port} not found for hostname "${host}" (hint: ${hint})`, unusable: true}
  }
  // endpoints of a gateway that Istio manages follow its Service in a moment
  const isComing = service.metadata.labels?.[MANAGED_LABEL] !== undefined && (service.spec?.ports ?? []).some((servicePort) => servicePort.port === port)
  return isComing ? {} : {warning: `port ${port} not found for hostname "${host}"`, unusable: true}
}

function addressOf(host: string, {spec, status}: Service): Outcome {
  if (spec?.type !== 'LoadBalancer') return {}
  const external = (status?.loadBalancer?.ingress ?? []).flatMap(({ip, hostname}) => ip ?? hostname ?? [])
  return external.length > 0 ? {external} : {pending: host, warning: `address pending for hostname "${host}"`}
}

function isOf({metadata}: EndpointSlice, service: Service): boolean {
  return metadata.labels?.['kubernetes.io/service-name'] === service.metadata.name && (metadata.namespace ?? 'default') === namespaceOf(service)
}

function hasReady({spec}: Service, port: number, slices: readonly EndpointSlice[]): boolean {
  const servicePort = spec?.ports?.find((candidate) => candidate.port === port)
  if (servicePort === undefined) return false
  return slices.some((slice) => readyCount(slice) > 0 && (slice.ports ?? []).some(({name = ''}) => name === (servicePort.name ?? '')))
}

function servesAt(name: string | undefined, port: number, slices: readonly EndpointSlice[]): boolean {
  return slices.some(({ports}) => (ports ?? []).some((slicePort) => (slicePort.name ?? '') === (name ?? '') && slicePort.port === port))
}

function readyCount({endpoints}: EndpointSlice): number {
  return (endpoints ?? []).filter(({conditions}) => conditions?.ready ?? true).length
}
