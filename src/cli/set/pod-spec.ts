import {isJsonObject, type JsonObject, type KubeObject} from '../../api/object.js'
import type {Container, PodSpec} from '../../api/kinds/pod-spec.js'
import type {ResourceType} from '../../api/resource-type.js'
import {UserError} from '../../base/user-error.js'

/** Where each kind has its pods' spec. Source: kubectl `polymorphichelpers.UpdatePodSpecForObject`. */
const PATHS: Readonly<Record<string, readonly string[]>> = {
  Pod: ['spec'],
  Deployment: ['spec', 'template', 'spec'],
  ReplicaSet: ['spec', 'template', 'spec'],
  StatefulSet: ['spec', 'template', 'spec'],
  DaemonSet: ['spec', 'template', 'spec'],
  ReplicationController: ['spec', 'template', 'spec'],
  Job: ['spec', 'template', 'spec'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
}

/** The pods' spec of an object; throws kubectl's UserError for what has no pods. */
export function podSpecOf(object: KubeObject, type: ResourceType): PodSpec {
  const path = pathOf(object, type)
  return path.reduce<unknown>((value, key) => (isJsonObject(value) ? value[key] : undefined), object) as PodSpec
}

/** The object with another spec for its pods. */
export function withPodSpec<T extends KubeObject>(object: T, type: ResourceType, spec: PodSpec): T {
  return replaceAt(object as unknown as JsonObject, pathOf(object, type), spec as unknown as JsonObject) as unknown as T
}

/** All containers, those of `initContainers` last, as kubectl walks them. */
export function containersOf(spec: PodSpec): readonly Container[] {
  return [...(spec.containers ?? []), ...(spec.initContainers ?? [])]
}

/** The spec with each container changed. */
export function mapContainers(spec: PodSpec, change: (container: Container) => Container): PodSpec {
  return {
    ...spec,
    containers: (spec.containers ?? []).map(change),
    ...(spec.initContainers === undefined ? {} : {initContainers: spec.initContainers.map(change)}),
  }
}

function pathOf({metadata}: KubeObject, type: ResourceType): readonly string[] {
  const path = PATHS[type.kind]
  if (path === undefined) throw notAboutPods(`${type.plural}/${metadata.name}`, type)
  return path
}

/** A kind that makes no pods was asked to change them. */
export class NotAboutPods extends UserError {}

/** kubectl's refusal; `name` is the object's, which in a file it gives by the kind. */
export function notAboutPods(name: string, {version, kind}: Pick<ResourceType, 'version' | 'kind'>): NotAboutPods {
  return new NotAboutPods(`${name} the object is not a pod or does not have a pod template: *${version}.${kind}`)
}

export function makesPods({kind}: Pick<ResourceType, 'kind'>): boolean {
  return Object.hasOwn(PATHS, kind)
}

function replaceAt(value: JsonObject, [first = '', ...rest]: readonly string[], leaf: JsonObject): JsonObject {
  const child = value[first]
  return {...value, [first]: rest.length === 0 ? leaf : replaceAt(isJsonObject(child) ? child : {}, rest, leaf)}
}
