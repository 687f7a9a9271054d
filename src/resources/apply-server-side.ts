import type {JsonObject, KubeObject} from '../api/object.js'
import type {ResourceType} from '../api/resource-type.js'
import {isAlreadyExists, isConflict} from '../api/status-error.js'
import {isSameJson} from '../api/same-json.js'
import {applyConflict, type FieldConflict} from './fields/apply-conflict.js'
import {compare} from './fields/compare.js'
import {fieldsOf} from './fields/fields-of.js'
import {intersect, isEmptySet, minus, NO_FIELDS, union, withParents, type FieldSet} from './fields/field-set.js'
import {entryOf, isBy, order, type ManagedFieldsEntry, type Writer} from './fields/managed-fields.js'
import {mergeApplied, withoutFields} from './fields/merge-applied.js'
import {hasSameOwners, splitManagedFields} from './fields/written-managed-fields.js'
import {LAST_APPLIED, lastApplied, withLastApplied} from './last-applied.js'
import type {Resources} from './resources.js'
import {typeInStore} from './types-in-store.js'
import type {WriteOptions} from './write-options.js'

export interface ServerSideOptions extends WriteOptions {
  readonly fieldManager: string
  /** Takes fields from other managers instead of refusing. */
  readonly force: boolean
}

export interface AppliedServerSide {
  readonly operation: 'created' | 'configured' | 'unchanged'
  readonly object: KubeObject
  readonly warnings: readonly string[]
}

/** The manager that client-side apply writes as, and the one that `kubectl apply --server-side` does. */
export const CLIENT_SIDE_MANAGER = 'kubectl-client-side-apply'
export const SERVER_SIDE_MANAGER = 'kubectl'

const RETRIES = 5

/**
 * Server-side apply: the configuration's fields are laid over the live object and become the manager's; fields that it applied before, no longer
 * states, and nobody else owns go. Throws Conflict naming the managers of fields it would change, unless forced; else as `create` and `update`.
 * Source: apimachinery `managedfields`, structured-merge-diff `merge.Updater.Apply`.
 */
export async function applyServerSide(resources: Resources, configuration: KubeObject, options: ServerSideOptions): Promise<AppliedServerSide> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await applyOnce(resources, configuration, options)
    } catch (error) {
      const isContested = isAlreadyExists(error) || (isConflict(error) && !isFieldConflict(error))
      if (!isContested || attempt > RETRIES) throw error
    }
  }
}

async function applyOnce(resources: Resources, configuration: KubeObject, options: ServerSideOptions): Promise<AppliedServerSide> {
  const type = await typeInStore(resources, configuration)
  const {name, namespace} = configuration.metadata
  const stored = await resources.find(type, namespace, name, {managedFields: true})
  const writer: Writer = {manager: options.fieldManager, operation: 'Apply', apiVersion: configuration.apiVersion}
  if (stored === undefined) {
    const owners = [entryOf(writer, fieldsOf(type, asJson(configuration)), resources.clock.now())]
    const {object, warnings} = await resources.create(configuration, {...options, owners})
    return {operation: 'created', object, warnings}
  }
  const {bare, given: entries = []} = splitManagedFields(stored)
  // in the version that the configuration is written in
  const live = {...bare, apiVersion: configuration.apiVersion}
  const planned = plan(type, {live, configuration, entries, writer, force: options.force, nowMs: resources.clock.now()})
  if (isSameJson(planned.object, live) && hasSameOwners(planned.owners, entries)) {
    return {operation: 'unchanged', object: options.managedFields === true ? stored : bare, warnings: []}
  }
  const {object, changed, warnings} = await resources.update(planned.object, {...options, owners: planned.owners})
  return {operation: changed ? 'configured' : 'unchanged', object, warnings}
}

interface Application {
  readonly live: KubeObject
  readonly configuration: KubeObject
  readonly entries: readonly ManagedFieldsEntry[]
  readonly writer: Writer
  readonly force: boolean
  readonly nowMs: number
}

interface Planned {
  readonly object: KubeObject
  readonly owners: readonly ManagedFieldsEntry[]
}

/** What an application makes of the live object and of who owns what. Throws Conflict. Pure. */
function plan(type: ResourceType, {live, configuration, entries, writer, force, nowMs}: Application): Planned {
  const fields = fieldsOf(type, asJson(configuration))
  const merged = mergeApplied(type, asJson(live), asJson(configuration))
  const {added, modified, removed} = compare(type, asJson(live), merged)
  const taken = union(added, modified)
  const others = entries.filter((entry) => !isBy(entry, writer))
  const conflicts = others.map((entry) => ({entry, fields: intersect(entry.fieldsV1, taken)})).filter((conflict) => !isEmptySet(conflict.fields))
  const refused = force ? [] : conflictsToSolve(type, {live, conflicts, writer})
  if (refused.length > 0) throw applyConflict(type, live.metadata.name, refused)
  const remaining = others.map((entry) => ({...entry, fieldsV1: minus(entry.fieldsV1, union(taken, removed))}))
  const previous = entries.find((entry) => isBy(entry, writer))
  const stillOwned = remaining.reduce((set: FieldSet, entry) => union(set, entry.fieldsV1), fields)
  const dropped = minus(previous?.fieldsV1 ?? NO_FIELDS, withParents(stillOwned))
  const object = withSyncedAnnotation(live, (isEmptySet(dropped) ? merged : withoutFields(type, merged, dropped)) as unknown as KubeObject, {
    configuration,
    writer,
  })
  const own = previous !== undefined && isSameJson(previous.fieldsV1, fields) && isSameJson(object, live) ? previous : entryOf(writer, fields, nowMs)
  return {object, owners: order([...remaining, own])}
}

/** `kubectl` may take what it applied on the client's side before: fields that are as they were then (apimachinery `lastAppliedManager`). */
function conflictsToSolve(
  type: ResourceType,
  {live, conflicts, writer}: Pick<Application, 'live' | 'writer'> & {conflicts: readonly FieldConflict[]},
): readonly FieldConflict[] {
  const last = writer.manager === SERVER_SIDE_MANAGER ? lastApplied(live) : undefined
  if (last === undefined || conflicts.length === 0) return conflicts
  const {modified, added, removed} = compare(type, last, asJson(live))
  const allowed = minus(fieldsOf(type, last), union(union(modified, added), removed))
  return conflicts.map(({entry, fields}) => ({entry, fields: minus(fields, allowed)})).filter(({fields}) => !isEmptySet(fields))
}

/** Where client-side apply has left its annotation, `kubectl` keeps it in step (apimachinery `lastAppliedUpdater`). */
function withSyncedAnnotation(live: KubeObject, merged: KubeObject, {configuration, writer}: Pick<Application, 'configuration' | 'writer'>): KubeObject {
  if (writer.manager !== SERVER_SIDE_MANAGER || live.metadata.annotations?.[LAST_APPLIED] === undefined) return merged
  const text = withLastApplied(configuration).metadata.annotations?.[LAST_APPLIED] ?? ''
  return {...merged, metadata: {...merged.metadata, annotations: {...merged.metadata.annotations, [LAST_APPLIED]: text}}}
}

function isFieldConflict(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('Apply failed with')
}

function asJson(object: KubeObject): JsonObject {
  return object as unknown as JsonObject
}
