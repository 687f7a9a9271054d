import type {KubeObject} from '../../api/object.js'
import type {PodSpec} from '../../api/kinds/pod-spec.js'
import type {ResourceType} from '../../api/resource-type.js'
import {isSameJson} from '../../api/same-json.js'
import {StatusError} from '../../api/status-error.js'
import {UserError} from '../../base/user-error.js'
import type {Resources} from '../../resources/resources.js'
import {typeInStore} from '../../resources/types-in-store.js'
import {failed, type Failed} from '../failed.js'
import type {DryRun} from '../flags/dry-run.js'
import type {Outcome} from '../verbs/outcome.js'
import {makesPods, NotAboutPods, notAboutPods, podSpecOf, withPodSpec} from './pod-spec.js'
import {typedShape} from './typed-shape.js'

/** A change of the pods an object makes. Its problems are told after what could be done is done. */
export interface PodChange {
  /** `image updated` */
  readonly operation: string
  /** What is said before the words of a refusal: `failed to patch image update to pod template: `. */
  readonly refusal: string
  /** Throws a UserError where nothing of it can be done. */
  apply(spec: PodSpec, object: KubeObject): {readonly spec: PodSpec; readonly problems?: readonly string[]; readonly warnings?: readonly string[]}
}

export interface ChangePodsOptions {
  readonly dryRun: DryRun
  readonly fieldManager: string
  /** The objects come from files and are not stored. */
  readonly isLocal: boolean
  /** Told of what is odd about an object that stays as it is. */
  readonly warn: (text: string) => void
  readonly resources: Resources
}

/**
 * Carries the change out on every object; what stays as it is, is not mentioned, as with kubectl. A refused one does not stop the rest; kinds without
 * pods are told of in the end.
 */
export async function* changePods(objects: readonly KubeObject[], change: PodChange, options: ChangePodsOptions): AsyncIterable<Outcome> {
  const refusals: Failed[] = []
  for (const object of objects) {
    try {
      yield* changeOne(object, change, options)
    } catch (error) {
      if (error instanceof NotAboutPods) refusals.push({...failed(error), amongOthers: `error: ${error.message}\n`})
      else yield failed(error)
    }
  }
  yield* refusals
}

/** kubectl puts its prefix before what it says here, so that it is there among others too. Source: kubectl `set_image.go`. */
function withPrefix(message: string): Failed {
  return {type: 'failed', text: `error: ${message}`, amongOthers: `error: ${message}`}
}

async function* changeOne(object: KubeObject, change: PodChange, options: ChangePodsOptions): AsyncIterable<Outcome> {
  const type = await typeInStore(options.resources, object)
  if (options.isLocal && !makesPods(type)) throw notAboutPods(`${type.singular}/${object.metadata.name}`, type)
  const before = podSpecOf(object, type)
  const {spec, problems = [], warnings = []} = change.apply(before, object)
  for (const warning of warnings) options.warn(warning)
  if (!isSameJson(spec, before)) {
    const written = await write(object, type, change, options)
    yield {type: 'done', operation: change.operation, object: written.object, warnings: written.warnings}
  }
  for (const problem of problems) yield withPrefix(problem)
}

async function write(object: KubeObject, type: ResourceType, change: PodChange, {dryRun, fieldManager, isLocal, resources}: ChangePodsOptions) {
  const changed = <T extends KubeObject>(live: T): T => withPodSpec(live, type, change.apply(podSpecOf(live, type), live).spec)
  if (isLocal || dryRun === 'client') return {object: typedShape(changed(object), type), warnings: []}
  const options = {dryRun: dryRun === 'server', fieldManager, fieldValidation: 'Warn'} as const
  return resources.mutate(type, object.metadata, changed, options).catch((error: unknown) => {
    throw error instanceof StatusError ? new UserError(`${change.refusal}${error.message}`) : error
  })
}
