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
    readonly containers?: readonly InjectedContainer[]
    readonly initContainers?: readonly InjectedContainer[]
  }
}

interface InjectedContainer {
  readonly name: string
}

type Labels = Readonly<Record<string, string>>

const NEVER_INJECTED = new Set(['kube-system', 'kube-public', 'kube-node-lease', 'local-path-storage'])
const STATUS = 'sidecar.istio.io/status'
const INJECT = 'sidecar.istio.io/inject'
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
        [STATUS]: JSON.stringify({initContainers: ['istio-init'], containers: ['istio-proxy'], revision: REVISION}),
      },
    },
    spec: {
      ...target.spec,
      initContainers: [...(target.spec?.initContainers ?? []), initContainer],
      containers: [...containers, proxyContainer],
    },
  }
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
