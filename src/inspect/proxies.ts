import type {Proxy} from '../routing/proxy.js'
import type {Pod} from '../routing/objects/pod.js'
import {INGRESS_PROXY, MESH_PROXY, type ProxyId} from './proxy-view.js'

const DOMAIN = 'cluster.local'
const INGRESS: Proxy = {namespace: 'istio-system', labels: {app: 'istio-ingressgateway', istio: 'ingressgateway'}, domain: DOMAIN}
const MANAGED_LABEL = 'gateway.networking.k8s.io/gateway-name'
const PROXY_CONTAINER = 'istio-proxy'

/** A pod as far as it shows which proxy is in it. */
export interface ProxyPod {
  readonly metadata: {readonly name: string; readonly namespace?: string; readonly labels?: Readonly<Record<string, string>>}
  readonly spec?: {readonly containers?: readonly {readonly name?: string}[]; readonly initContainers?: readonly {readonly name?: string}[]}
}

/** The proxy of a pod: that of a gateway, or the sidecars', which see the mesh; undefined where the pod has none. */
export function proxyOfPod({metadata, spec}: ProxyPod): ProxyId | undefined {
  const {namespace = 'default', labels = {}} = metadata
  const managed = labels[MANAGED_LABEL]
  if (managed !== undefined) return `${namespace}/${managed}`
  if (namespace === INGRESS.namespace && labels['istio'] === INGRESS.labels['istio']) return INGRESS_PROXY
  const containers = [...(spec?.containers ?? []), ...(spec?.initContainers ?? [])]
  return containers.some(({name}) => name === PROXY_CONTAINER) ? MESH_PROXY : undefined
}

/** What istiod would know of a proxy; `pod` is one of those it is in, if there is one. */
export function proxyFor(id: ProxyId, pod?: Pick<Pod, 'metadata'>): Proxy {
  if (id === INGRESS_PROXY) return {...INGRESS, labels: pod?.metadata.labels ?? INGRESS.labels}
  if (id === MESH_PROXY) return {namespace: pod?.metadata.namespace ?? 'default', labels: pod?.metadata.labels ?? {}, domain: DOMAIN}
  const [namespace = 'default', name = ''] = id.split('/')
  return {namespace, labels: pod?.metadata.labels ?? {[MANAGED_LABEL]: name}, domain: DOMAIN, managedFor: id}
}
