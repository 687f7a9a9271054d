import type {Deployment} from '../api/kinds/deployment.js'
import type {KubeObject} from '../api/object.js'
import {labelsOf, type Inventory} from './inventory.js'

/** The sidecar's container. */
export const PROXY = 'istio-proxy'
/** The label, and the deprecated annotation, by which a pod says whether it wants a sidecar. */
export const INJECT = 'sidecar.istio.io/inject'

/** Whether a namespace's pods are served without sidecars (istio util NamespaceInAmbientMode). */
export function isAmbient(namespace: KubeObject): boolean {
  const labels = labelsOf(namespace)
  return labels['istio.io/dataplane-mode'] === 'ambient' && labels['istio-injection'] !== 'enabled' && (labels['istio.io/rev'] ?? '') === ''
}

/** Whether a Deployment's pods have or get a sidecar; without the Namespace in sight they do not (istio util DeploymentInMesh). */
export function isInMesh({metadata, spec}: Deployment, {namespaces, find}: Inventory): boolean {
  const template = spec?.template
  if ((template?.spec?.containers ?? []).some(({name, image = ''}) => name === PROXY && image !== '')) return true
  const wish = template?.metadata?.labels?.[INJECT] ?? template?.metadata?.annotations?.[INJECT]
  if (wish !== undefined) return wish === 'true'
  const namespace = find(namespaces, metadata.namespace ?? '')
  return namespace !== undefined && labelsOf(namespace.object)['istio-injection'] === 'enabled'
}

/** istiod's own parts are left alone (istio util IsIstioControlPlane). */
export function isControlPlane(object: KubeObject): boolean {
  const labels = labelsOf(object)
  return labels['istio'] !== undefined || labels['release'] === 'istio'
}
