import {type Pod, podType} from '../../api/kinds/pod.js'
import {fromLabelSelector, matches} from '../../api/labels.js'
import {notFound} from '../../api/status-error.js'
import {type Deployment, deploymentType} from '../../api/kinds/deployment.js'
import {UserError} from '../../base/user-error.js'
import type {World} from '../../daemon/world.js'
import {proxyFor, proxyOfPod} from '../../inspect/proxies.js'
import {INGRESS_PROXY, type ProxyId} from '../../inspect/proxy-view.js'
import {INGRESS} from '../../resources/cluster.js'
import type {Proxy} from '../../routing/proxy.js'
import {parseTargets} from '../targets.js'

/** The proxy a command is about. */
export interface ProxyTarget {
  readonly id: ProxyId
  readonly proxy: Proxy
  /** Absent for the ingress gateway before its pod is there. */
  readonly pod?: Pod
}

export interface TargetNamespaces {
  /** `-n`; without it a pod is looked for where it says, in `default`, or among the ingress gateway's. */
  readonly namespace: string | undefined
  readonly istioNamespace: string
}

/**
 * The proxy of `POD[.NAMESPACE]`, `pod/x` or `deployment/x.namespace` (Istio's `InferPodInfoFromTypedResource`); without a name the ingress gateway.
 * Throws NotFound, or a UserError where the pod has no proxy.
 */
export function proxyTarget(word: string | undefined, {pods, deployments}: World, where: TargetNamespaces): ProxyTarget {
  if (word === undefined) return ingressTarget(pods)
  const [target] = word.includes('/') ? parseTargets([word]) : [{type: podType, name: word}]
  const {type, name = ''} = target ?? {type: podType}
  if (type.kind === 'Deployment') {
    const deployment = named(name, deployments, where)
    if (deployment === undefined) throw notFound(deploymentType, name)
    const selector = fromLabelSelector(deployment.spec.selector ?? {})
    const pod = pods.find(({metadata}) => metadata.namespace === deployment.metadata.namespace && matches(selector, metadata.labels ?? {}))
    if (pod === undefined) throw new UserError(`no pods found for ${word}`)
    return targetOf(pod)
  }
  if (type.kind !== 'Pod') throw new UserError(`cannot look into a ${type.singular}`, {hint: 'name a pod or a deployment', exitCode: 2})
  const pod = named(name, pods, where)
  if (pod === undefined) throw notFound(podType, name)
  return targetOf(pod)
}

function ingressTarget(pods: readonly Pod[]): ProxyTarget {
  const pod = pods.find((candidate) => candidate.metadata.namespace === INGRESS.namespace && proxyOfPod(candidate) === INGRESS_PROXY)
  return {id: INGRESS_PROXY, proxy: proxyFor(INGRESS_PROXY, pod), ...(pod === undefined ? {} : {pod})}
}

function targetOf(pod: Pod): ProxyTarget {
  const id = proxyOfPod(pod)
  const {name, namespace = 'default'} = pod.metadata
  if (id === undefined) throw new UserError(`pod ${name}.${namespace} has no Istio proxy`, {hint: 'only gateways and pods with a sidecar have one'})
  return {id, proxy: proxyFor(id, pod), pod}
}

/** `NAME.NAMESPACE` is istioctl's way; an object's own name may have dots too. */
function named<T extends Pod | Deployment>(word: string, objects: readonly T[], where: TargetNamespaces): T | undefined {
  const dot = word.lastIndexOf('.')
  const spellings = [
    ...namespacesFor(where).map((namespace) => [word, namespace] as const),
    ...(dot > 0 ? [[word.slice(0, dot), word.slice(dot + 1)] as const] : []),
  ]
  for (const [name, namespace] of spellings) {
    const found = objects.find(({metadata}) => metadata.name === name && metadata.namespace === namespace)
    if (found !== undefined) return found
  }
  return undefined
}

function namespacesFor({namespace, istioNamespace}: TargetNamespaces): readonly string[] {
  return namespace === undefined ? ['default', istioNamespace] : [namespace]
}
