import type {ControllerRevision} from '../../../api/kinds/controller-revision.js'
import type {PodTemplate} from '../../../api/kinds/pod-spec.js'
import {objectKey, type KubeObject} from '../../../api/object.js'
import {isSameJson} from '../../../api/same-json.js'
import {fnv1a} from '../../../base/fnv.js'
import {safeEncode} from '../../../resources/generate-name.js'
import type {Action} from '../../action.js'
import {controllerReference} from '../ownership.js'
import {revisionData} from './revision-data.js'

/** On a ControllerRevision: the hash of what it keeps. */
export const REVISION_HASH = 'controller.kubernetes.io/hash'
/** On pods: which ControllerRevision they are of. */
export const POD_REVISION = 'controller-revision-hash'

export interface Revised extends KubeObject {
  readonly spec: {readonly template: PodTemplate}
  readonly status?: {readonly collisionCount?: number}
}

/** The revision of the present template, or what makes it: a new one, or an earlier one that is gone back to. */
export type Choice =
  | {readonly type: 'there'; readonly revision: ControllerRevision}
  | {readonly type: 'missing'; readonly action: Action; readonly collisions: number}

export interface ChoiceOptions {
  /** Lowest first. */
  readonly revisions: readonly ControllerRevision[]
  /** `namespace/name` of all there are, those of others included. */
  readonly names: ReadonlySet<string>
  /** Labels of a revision besides its hash. */
  readonly labels: Readonly<Record<string, string>>
}

/** Source: kubernetes `getStatefulSetRevisions`, `constructHistory`. */
export function chooseRevision(owner: Revised, {revisions, names, labels}: ChoiceOptions): Choice {
  const data = revisionData(owner.spec.template)
  const collisions = owner.status?.collisionCount ?? 0
  const equal = revisions.findLast((revision) => isSameJson(revision.data, data))
  const latest = revisions.at(-1)
  const next = (latest?.revision ?? 0) + 1
  if (equal !== undefined && equal === latest) return {type: 'there', revision: equal}
  if (equal !== undefined) return {type: 'missing', action: {type: 'update', object: {...equal, revision: next} as ControllerRevision}, collisions}
  return newRevision(owner, {data, next, labels, collisions, names})
}

interface NewRevision {
  readonly data: unknown
  readonly next: number
  readonly labels: Readonly<Record<string, string>>
  readonly collisions: number
  readonly names: ReadonlySet<string>
}

/** A name that is taken by another revision gives a further hash. */
function newRevision(owner: Revised, {data, next, labels, collisions: before, names}: NewRevision): Choice {
  const {name: ownerName, namespace = 'default', annotations} = owner.metadata
  const hashOf = (count: number) => safeEncode(fnv1a(JSON.stringify(data) + (count === 0 ? '' : String(count))))
  let collisions = before
  while (names.has(objectKey({metadata: {namespace, name: `${ownerName}-${hashOf(collisions)}`}}))) collisions++
  const hash = hashOf(collisions)
  const metadata = {
    name: `${ownerName}-${hash}`,
    namespace,
    labels: {...labels, [REVISION_HASH]: hash},
    ...(annotations !== undefined && {annotations}),
    ownerReferences: [controllerReference(owner)],
  }
  const object: ControllerRevision = {apiVersion: 'apps/v1', kind: 'ControllerRevision', metadata, data, revision: next}
  return {type: 'missing', action: {type: 'create', object}, collisions}
}
