import type {KubeObject} from '../../api/object.js'
import {isSameJson} from '../../api/same-json.js'
import {UserError} from '../../base/user-error.js'
import type {Resources} from '../../resources/resources.js'
import {typeInStore} from '../../resources/types-in-store.js'
import type {Subject} from '../create/rbac-subjects.js'
import {printedName} from '../manifests/documents.js'
import type {DryRun} from '../flags/dry-run.js'
import {eachInTurn, type Outcome} from '../verbs/outcome.js'

export interface AddSubjectsOptions {
  readonly subjects: readonly Subject[]
  readonly dryRun: DryRun
  readonly fieldManager: string
  readonly isLocal: boolean
}

type Binding = KubeObject & {readonly subjects?: readonly Subject[]}

/** Binds each role to further subjects; who is bound already is not mentioned. A refused object does not stop the rest. Source: kubectl `set_subject.go`. */
export function addSubjects(objects: readonly KubeObject[], options: AddSubjectsOptions, resources: Resources): AsyncIterable<Outcome> {
  return eachInTurn(objects, (object) => addTo(object, options, resources))
}

async function* addTo(object: Binding, {subjects, dryRun, fieldManager, isLocal}: AddSubjectsOptions, resources: Resources): AsyncIterable<Outcome> {
  if (object.kind !== 'RoleBinding' && object.kind !== 'ClusterRoleBinding') {
    throw new UserError(`${printedName(object)}\n setting subjects is only supported for RoleBinding/ClusterRoleBinding`)
  }
  const added = (live: Binding): Binding => {
    const bound = live.subjects ?? []
    return {...live, subjects: [...bound, ...subjects.filter((subject) => !bound.some((other) => isSameJson(other, subject)))]}
  }
  const operation = 'subjects updated'
  if (added(object).subjects?.length === (object.subjects ?? []).length) return
  if (isLocal || dryRun === 'client') return yield {type: 'done', operation, object: added(object), warnings: []}
  const written = await resources.mutate<Binding>(await typeInStore(resources, object), object.metadata, added, {dryRun: dryRun === 'server', fieldManager})
  yield {type: 'done', operation, object: written.object, warnings: written.warnings}
}
