import type {KubeObject} from '../../api/object.js'
import {INGRESS_PROXY, MESH_PROXY, type ProxyId} from '../proxy-view.js'

/** What Istio's metrics say of one end of a connection. */
export interface Workload {
  readonly name: string
  readonly namespace: string
  readonly app: string
  readonly version: string
  readonly canonicalService: string
  readonly canonicalRevision: string
}

const UNKNOWN = 'unknown'

const UNKNOWN_WORKLOAD: Workload = {
  name: UNKNOWN,
  namespace: UNKNOWN,
  app: UNKNOWN,
  version: UNKNOWN,
  canonicalService: UNKNOWN,
  canonicalRevision: 'latest',
}

/** The workload a proxy's own pod belongs to; clients in the mesh are many. */
export function workloadOfProxy(proxy: ProxyId): Workload {
  if (proxy === MESH_PROXY) return UNKNOWN_WORKLOAD
  if (proxy === INGRESS_PROXY) return gatewayWorkload('istio-ingressgateway', 'istio-system')
  const [namespace = '', name = ''] = proxy.split('/')
  return gatewayWorkload(`${name}-istio`, namespace)
}

function gatewayWorkload(name: string, namespace: string): Workload {
  return {name, namespace, app: name, version: UNKNOWN, canonicalService: name, canonicalRevision: 'latest'}
}

/** The workload of a pod: its Deployment, or whatever else owns it. Source: istio labels.CanonicalService, kube.GetDeployMetaFromPod. */
export function workloadOfPod({metadata}: Pick<KubeObject, 'metadata'>): Workload {
  const {name: pod, namespace = 'default', labels = {}, ownerReferences = []} = metadata
  const owner = ownerReferences.find(({controller}) => controller === true)
  const hash = labels['pod-template-hash']
  const isOfDeployment = owner?.kind === 'ReplicaSet' && hash !== undefined && owner.name.endsWith(`-${hash}`)
  const name = isOfDeployment ? owner.name.slice(0, -hash.length - 1) : (owner?.name ?? pod)
  return {
    name,
    namespace,
    app: labels['app'] ?? UNKNOWN,
    version: labels['version'] ?? UNKNOWN,
    canonicalService: labels['service.istio.io/canonical-name'] ?? labels['app.kubernetes.io/name'] ?? labels['app'] ?? name,
    canonicalRevision: labels['service.istio.io/canonical-revision'] ?? labels['app.kubernetes.io/version'] ?? labels['version'] ?? 'latest',
  }
}

/** What several pods have in common; what they do not is unknown. */
export function commonWorkload(workloads: readonly Workload[]): Workload {
  const [first, ...rest] = workloads
  if (first === undefined) return UNKNOWN_WORKLOAD
  const common = (field: keyof Workload) => (rest.every((other) => other[field] === first[field]) ? first[field] : UNKNOWN_WORKLOAD[field])
  return {
    name: common('name'),
    namespace: common('namespace'),
    app: common('app'),
    version: common('version'),
    canonicalService: common('canonicalService'),
    canonicalRevision: common('canonicalRevision'),
  }
}
