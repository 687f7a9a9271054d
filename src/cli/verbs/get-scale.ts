import {ageColumn} from '../../api/kinds/age-column.js'
import type {KubeObject} from '../../api/object.js'
import type {ResourceType} from '../../api/resource-type.js'
import {StatusError} from '../../api/status-error.js'
import type {PrintedType} from '../../output/section.js'
import type {Found} from './get.js'

interface Scalable extends KubeObject {
  readonly spec?: {readonly replicas?: number; readonly selector?: {readonly matchLabels?: Readonly<Record<string, string>>}}
  readonly status?: {readonly replicas?: number}
}

interface Scale extends KubeObject {
  readonly spec: {readonly replicas: number}
  readonly status: {readonly replicas: number; readonly selector: string}
}

const SCALABLE = ['Deployment', 'ReplicaSet', 'StatefulSet', 'ReplicationController']
/** Kinds of the API server that have a status; custom kinds of Istio and the Gateway API have one, too. */
const WITHOUT_STATUS = ['ConfigMap', 'Secret', 'ServiceAccount', 'Endpoints', 'EndpointSlice', 'Event']

const scaleType: PrintedType = {
  group: 'autoscaling',
  kind: 'Scale',
  namespaced: true,
  columns: [
    {name: 'Desired', cell: ({spec}: Scale) => String(spec.replicas)},
    {name: 'Available', cell: ({status}: Scale) => String(status.replicas)},
    ageColumn,
  ],
}

/** What `--subresource` shows of objects. Throws NotFound where their type has no such subresource. */
export function subresourceOf(found: Found, subresource: string): Omit<Found, 'type'> & {readonly type: PrintedType} {
  if (subresource === 'status' && !WITHOUT_STATUS.includes(found.type.kind)) return found
  if (subresource === 'scale' && isScalable(found.type)) return {...found, type: scaleType, objects: found.objects.map(toScale)}
  throw new StatusError('NotFound', 'the server could not find the requested resource')
}

function isScalable({builtin, kind}: ResourceType): boolean {
  return builtin && SCALABLE.includes(kind)
}

function toScale({metadata, spec, status}: Scalable): KubeObject {
  const {name, namespace, uid, resourceVersion, creationTimestamp} = metadata
  const selector = Object.entries(spec?.selector?.matchLabels ?? {}).map(([key, value]) => `${key}=${value}`).join(',')
  const scale = {
    apiVersion: 'autoscaling/v1',
    kind: 'Scale',
    metadata: {name, namespace, uid, resourceVersion, creationTimestamp},
    spec: {replicas: spec?.replicas ?? 0},
    status: {replicas: status?.replicas ?? 0, selector},
  }
  return scale as KubeObject
}
