import type {JsonObject, ObjectMeta} from './object.js'

/**
 * Istio's sidecar injection: which pods get a proxy, and what that changes in them.
 * Sources: istio `pkg/kube/inject/inject.go` (injectRequired), the mutating webhook's selectors, the injection template.
 */

/** As much of a pod, or of a pod template, as injection looks at. */
export interface InjectionTarget {
  readonly metadata?: Partial<ObjectMeta>
  readonly spec?: {
    readonly hostNetwork?: boolean
    readonly restartPolicy?: string
    readonly containers?: readonly InjectedContainer[]
    readonly initContainers?: readonly InjectedContainer[]
  }
}

interface InjectedContainer {
  readonly name: string
  readonly restartPolicy?: string
}

type Labels = Readonly<Record<string, string>>

const NEVER_INJECTED = new Set(['kube-system', 'kube-public', 'kube-node-lease', 'local-path-storage'])
const STATUS = 'sidecar.istio.io/status'
const INJECT = 'sidecar.istio.io/inject'
const NATIVE = 'sidecar.istio.io/nativeSidecar'
const REVISION = 'default'
export const PROXY_IMAGE = 'docker.io/istio/proxyv2:1.30.0'

/** Whether a pod created now in the namespace gets a sidecar. Labelling a namespace later does not change its running pods. */
export function isInjected(namespace: {readonly name: string; readonly labels: Labels}, pod: InjectionTarget): boolean {
  const labels = pod.metadata?.labels ?? {}
  const inject = labels[INJECT] ?? pod.metadata?.annotations?.[INJECT]
  if (NEVER_INJECTED.has(namespace.name) || pod.spec?.hostNetwork === true) return false
  if (pod.metadata?.annotations?.[STATUS] !== undefined) return false
  return isSelected(namespace.labels, labels) && inject !== 'false'
}

/** The webhook's selectors: whether istiod is asked about the pod at all. */
function isSelected(namespace: Labels, pod: Labels): boolean {
  const injection = namespace['istio-injection']
  if (injection === 'disabled') return false
  if (injection === 'enabled') return pod[INJECT] !== 'false'
  if (namespace['istio.io/rev'] === REVISION) return pod[INJECT] !== 'false'
  if (pod['istio.io/rev'] !== undefined) return pod['istio.io/rev'] === REVISION && pod[INJECT] !== 'false'
  return pod[INJECT] === 'true'
}

/** The pod or template with the proxy in it: containers, labels and annotations as Istio's template adds them. */
export function injectSidecar<T extends InjectionTarget>(target: T): T {
  const containers = target.spec?.containers ?? []
  const labels = target.metadata?.labels ?? {}
  const first = containers[0]?.name
  const added = isNative(target) ? NATIVE_SIDECAR : SIDECAR
  return {
    ...target,
    metadata: {
      ...target.metadata,
      labels: {
        ...labels,
        'security.istio.io/tlsMode': 'istio',
        'service.istio.io/canonical-name':
          labels['service.istio.io/canonical-name'] ?? labels['app.kubernetes.io/name'] ?? labels['app'] ?? target.metadata?.name ?? '',
        'service.istio.io/canonical-revision':
          labels['service.istio.io/canonical-revision'] ?? labels['app.kubernetes.io/version'] ?? labels['version'] ?? 'latest',
      },
      annotations: {
        ...(first === undefined ? {} : {'kubectl.kubernetes.io/default-container': first, 'kubectl.kubernetes.io/default-logs-container': first}),
        ...target.metadata?.annotations,
        'istio.io/rev': REVISION,
        [STATUS]: JSON.stringify({...added.names, revision: REVISION}),
      },
    },
    spec: {...target.spec, ...added.among(target.spec?.initContainers ?? [], containers)},
  }
}

/**
 * Whether the proxy ends with the pod's own containers instead of keeping it alive: where the annotation says so, and where the pod is there to end,
 * which beside a proxy that runs on it never would. Source: the injection template's `nativeSidecar`, which Istio since 1.27 takes for every pod.
 */
function isNative({metadata, spec}: InjectionTarget): boolean {
  const wish = metadata?.annotations?.[NATIVE]
  return wish === undefined ? spec?.restartPolicy === 'Never' || spec?.restartPolicy === 'OnFailure' : wish === 'true'
}

const initContainer: JsonObject & InjectedContainer = {
  name: 'istio-init',
  image: PROXY_IMAGE,
  args: ['istio-iptables', '-p', '15001', '-z', '15006', '-u', '1337', '-m', 'REDIRECT', '-i', '*', '-x', '', '-b', '*', '-d', '15090,15021,15020'],
}

const proxyContainer: JsonObject & InjectedContainer = {
  name: 'istio-proxy',
  image: PROXY_IMAGE,
  args: ['proxy', 'sidecar', '--domain', '$(POD_NAMESPACE).svc.cluster.local'],
  ports: [{containerPort: 15090, name: 'http-envoy-prom', protocol: 'TCP'}],
}

/** How the proxy is put into a pod, and which containers the pod's status annotation names. Source: istio `reorderPod`, `getInjectionStatus`. */
interface Placing {
  readonly names: JsonObject
  among(
    initial: readonly InjectedContainer[],
    containers: readonly InjectedContainer[],
  ): {readonly initContainers: readonly InjectedContainer[]; readonly containers: readonly InjectedContainer[]}
}

const SIDECAR: Placing = {
  names: {initContainers: [initContainer.name], containers: [proxyContainer.name]},
  among: (initial, containers) => ({initContainers: [...initial, initContainer], containers: [...containers, proxyContainer]}),
}

/** First, so that the pod's own init containers are in the mesh. */
const NATIVE_SIDECAR: Placing = {
  names: {initContainers: [initContainer.name, proxyContainer.name], containers: null},
  among: (initial, containers) => ({initContainers: [initContainer, {...proxyContainer, restartPolicy: 'Always'}, ...initial], containers}),
}
