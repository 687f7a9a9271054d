import {type Namespace, namespaceType} from '../../api/kinds/namespace.js'
import {podType, type Pod} from '../../api/kinds/pod.js'
import type {KubeObject} from '../../api/object.js'
import {injectSidecar, isInjected} from '../../api/sidecar-injection.js'
import type {Resources} from '../resources.js'

/** The sidecar injector: decides at a pod's creation, by the labels its namespace has now. */
export async function injectIntoPod(resources: Resources, object: KubeObject): Promise<KubeObject> {
  const pod = object as Pod
  const namespace = await resources.get<Namespace>(namespaceType, undefined, pod.metadata.namespace ?? 'default')
  const place = {name: namespace.metadata.name, labels: namespace.metadata.labels ?? {}}
  return isInjected(place, pod) ? podType.defaults(injectSidecar(pod)) : pod
}
