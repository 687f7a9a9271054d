import type {Deployment} from '../../api/kinds/deployment.js'
import type {PodTemplate} from '../../api/kinds/pod-spec.js'
import type {KubeObject} from '../../api/object.js'
import type {ResourceType} from '../../api/resource-type.js'

/** Deployment, DaemonSet or StatefulSet: what has a pod template that is rolled out. */
export interface TemplatedWorkload extends KubeObject {
  readonly spec: {readonly template?: PodTemplate}
}

export function isDeployment(object: KubeObject): object is Deployment {
  return object.kind === 'Deployment' && object.apiVersion.startsWith('apps/')
}

export function isTemplated(object: KubeObject): object is TemplatedWorkload {
  return object.apiVersion.startsWith('apps/') && ['Deployment', 'DaemonSet', 'StatefulSet'].includes(object.kind)
}

const VISITED = new Set(['CronJob.batch', 'DaemonSet.apps', 'Deployment.apps', 'Job.batch', 'Pod', 'ReplicaSet.apps', 'ReplicationController', 'StatefulSet.apps'])

/** Whether kubectl knows a kind as one that makes pods, if not as one that is rolled out. Source: kubectl `kindvisitor.go`. */
export function isVisited(resource: Pick<ResourceType, 'group' | 'kind'>): boolean {
  return VISITED.has(groupKind(resource))
}

/** `ReplicaSet.apps`, `Pod`: how Go prints a GroupKind. */
export function groupKind({group, kind}: Pick<ResourceType, 'group' | 'kind'>): string {
  return group === '' ? kind : `${kind}.${group}`
}

/** `deployments.apps "web"`: how kubectl begins what it says of one resource. */
export function resourceName({group, plural}: Pick<ResourceType, 'group' | 'plural'>, {metadata}: KubeObject): string {
  return `${group === '' ? plural : `${plural}.${group}`} "${metadata.name}"`
}
