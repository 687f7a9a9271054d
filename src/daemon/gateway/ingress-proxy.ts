import type {Labels} from '../../api/labels.js'
import {memoizeByIdentity} from '../../base/memoize.js'
import {INGRESS} from '../../resources/cluster.js'
import type {Proxy} from '../../routing/proxy.js'
import type {World} from '../world.js'

const LABELS: Labels = {app: 'istio-ingressgateway', istio: 'ingressgateway'}

/** The ingress gateway, with the labels its pod has, or would have. */
export function ingressProxy({pods}: Pick<World, 'pods'>): Proxy {
  return proxyLabelled(labelsAmong(pods))
}

const labelsAmong = memoizeByIdentity((pods: World['pods']): Labels => {
  return pods.find(({metadata}) => metadata.namespace === INGRESS.namespace && metadata.labels?.['istio'] === LABELS['istio'])?.metadata.labels ?? LABELS
})

/** The same one for the same labels, since what was compiled for a proxy is remembered by it. */
const proxyLabelled = memoizeByIdentity((labels: Labels): Proxy => ({namespace: INGRESS.namespace, labels, domain: 'cluster.local'}))
