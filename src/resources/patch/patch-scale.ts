import {isJsonObject, type JsonObject, type KubeObject} from '../../api/object.js'
import type {ResourceType} from '../../api/resource-type.js'
import {StatusError} from '../../api/status-error.js'
import type {Resources} from '../resources.js'
import type {ObjectRef, WriteOptions, Written} from '../write-options.js'
import {applyPatch, type Patch} from './patch-object.js'

const SCALABLE = new Set(['Deployment', 'ReplicaSet', 'StatefulSet', 'ReplicationController'])

type Scalable = KubeObject & {readonly spec?: JsonObject; readonly status?: JsonObject}

/** Patches the Scale of an object (`autoscaling/v1`): how many replicas it is to have. Throws NotFound for kinds without one. */
export async function patchScale(
  resources: Resources,
  type: ResourceType,
  {ref, patch, options}: {ref: ObjectRef; patch: Patch; options: WriteOptions},
): Promise<Written> {
  if (!SCALABLE.has(type.kind)) throw new StatusError('NotFound', 'the server could not find the requested resource')
  const change = (live: Scalable): Scalable => {
    const {spec} = applyPatch(type, scaleOf(live) as unknown as JsonObject, patch)
    return {...live, spec: {...live.spec, replicas: isJsonObject(spec) ? (spec['replicas'] ?? 0) : 0}}
  }
  const {object, changed, warnings} = await resources.mutate<Scalable>(type, ref, change, {...options, subresource: 'scale'})
  return {object: scaleOf(object), changed, warnings}
}

function scaleOf({metadata, spec, status}: Scalable): KubeObject {
  const {name, namespace, uid, resourceVersion, creationTimestamp} = metadata
  const labels = isJsonObject(spec?.['selector']) && isJsonObject(spec['selector']['matchLabels']) ? spec['selector']['matchLabels'] : {}
  const selector = Object.entries(labels).map(([key, value]) => `${key}=${String(value)}`).sort().join(',')
  return {
    apiVersion: 'autoscaling/v1',
    kind: 'Scale',
    metadata: {
      name,
      ...(namespace === undefined ? {} : {namespace}),
      ...(uid === undefined ? {} : {uid}),
      ...(resourceVersion === undefined ? {} : {resourceVersion}),
      ...(creationTimestamp === undefined ? {} : {creationTimestamp}),
    },
    ...{spec: {replicas: spec?.['replicas'] ?? 0}, status: {replicas: status?.['replicas'] ?? 0, selector}},
  }
}
