import type {EndpointSlice} from '../../api/kinds/endpoint-slice.js'
import type {Service} from '../../api/kinds/service.js'
import {entryAddresses, isOwnAddress} from '../../routing/entry-addresses.js'
import type {ServiceEntry} from '../../routing/objects/service-entry.js'

export interface NamedThings {
  readonly services: readonly Service[]
  readonly slices: readonly EndpointSlice[]
  readonly entries: readonly ServiceEntry[]
}

/** What a name means in a pod: addresses of this cluster, another name, or nothing that the cluster knows. */
export type NameAnswer =
  | {readonly type: 'addresses'; readonly addresses: readonly string[]}
  | {readonly type: 'alias'; readonly host: string}
  | {readonly type: 'absent'}
  | {readonly type: 'outside'}

const DOMAIN = 'cluster.local'
/** A name with so many dots is looked up as it is first. */
const NDOTS = 5

/**
 * Answers a name as the cluster's DNS does for a pod of `namespace`, its search list included; a ServiceEntry's host stands for an address of this machine
 * that it has, where the sidecar of a pod would route it. Sources: the Kubernetes DNS specification 1.1, and the `search` and `ndots:5` the kubelet writes
 * into a pod's resolv.conf; istio's DNS proxy.
 */
export function answerName(name: string, namespace: string, things: NamedThings): NameAnswer {
  const isAbsolute = name.endsWith('.')
  const bare = (isAbsolute ? name.slice(0, -1) : name).toLowerCase()
  for (const full of isAbsolute ? [bare] : searched(bare, namespace)) {
    const answer = answerFull(full, things)
    if (answer !== undefined) return answer
  }
  const entry = entryNamed(bare, things.entries)
  if (entry !== undefined) return entry
  return bare === DOMAIN || bare.endsWith(`.${DOMAIN}`) ? {type: 'absent'} : {type: 'outside'}
}

function entryNamed(name: string, entries: readonly ServiceEntry[]): NameAnswer | undefined {
  const own = entries.flatMap(entryAddresses).filter(({host, address}) => host.toLowerCase() === name && isOwnAddress(address))
  return addresses(own.map(({address}) => address))
}

function searched(name: string, namespace: string): readonly string[] {
  const list = [`${namespace}.svc.${DOMAIN}`, `svc.${DOMAIN}`, DOMAIN].map((suffix) => `${name}.${suffix}`)
  return name.split('.').length > NDOTS ? [name, ...list] : [...list, name]
}

function answerFull(full: string, {services, slices}: NamedThings): NameAnswer | undefined {
  if (!full.endsWith(`.${DOMAIN}`)) return undefined
  const [type, namespace, name, endpoint, ...rest] = full.slice(0, -DOMAIN.length - 1).split('.').reverse()
  if (rest.length > 0 || namespace === undefined || name === undefined) return undefined
  if (type === 'pod' && endpoint === undefined) return /^\d+-\d+-\d+-\d+$/.test(name) ? addresses([name.replaceAll('-', '.')]) : undefined
  if (type !== 'svc') return undefined
  const service = services.find(({metadata}) => metadata.name === name && metadata.namespace === namespace)
  if (service === undefined) return undefined
  const {type: kind, externalName = '', clusterIP = ''} = service.spec
  if (kind === 'ExternalName') return endpoint === undefined ? {type: 'alias', host: externalName} : undefined
  if (clusterIP !== 'None' && endpoint === undefined) return addresses([gatewayAddress(service) ?? clusterIP])
  return addresses(readyAddresses(service, slices, endpoint))
}

/** Nothing listens at the cluster address of the ingress gateway's Service: the gateway itself does. */
function gatewayAddress({spec, status}: Service): string | undefined {
  return spec.selector?.['istio'] === 'ingressgateway' ? status?.loadBalancer?.ingress?.[0]?.ip : undefined
}

function addresses(list: readonly string[]): NameAnswer | undefined {
  return list.length === 0 || list[0] === '' ? undefined : {type: 'addresses', addresses: list}
}

/** A headless Service stands for its pods; `host.service` for the one of that hostname. */
function readyAddresses({metadata}: Service, slices: readonly EndpointSlice[], hostname: string | undefined): readonly string[] {
  const {namespace, name} = metadata
  const own = slices.filter((slice) => slice.metadata.namespace === namespace && slice.metadata.labels?.['kubernetes.io/service-name'] === name)
  const endpoints = own.flatMap((slice) => slice.endpoints ?? []).filter(({conditions}) => conditions?.ready !== false)
  return endpoints.filter((endpoint) => hostname === undefined || endpoint.hostname === hostname).flatMap((endpoint) => endpoint.addresses)
}
