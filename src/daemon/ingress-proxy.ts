import {INGRESS} from '../resources/cluster.js'
import type {Proxy} from '../routing/proxy.js'
import type {World} from './world.js'

const LABELS = {app: 'istio-ingressgateway', istio: 'ingressgateway'}

/** The ingress gateway, with the labels its pod has, or would have. */
export function ingressProxy({pods}: Pick<World, 'pods'>): Proxy {
  const pod = pods.find(({metadata}) => metadata.namespace === INGRESS.namespace && metadata.labels?.['istio'] === LABELS.istio)
  return {namespace: INGRESS.namespace, labels: pod?.metadata.labels ?? LABELS, domain: 'cluster.local'}
}
