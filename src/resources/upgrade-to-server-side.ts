import type {KubeObject} from '../api/object.js'
import {SERVER_SIDE_MANAGER} from './apply-server-side.js'
import {intersect, isEmptySet, minus, NO_FIELDS, union, type FieldSet} from './fields/field-set.js'
import {entryOf, order, type ManagedFieldsEntry, type Writer} from './fields/managed-fields.js'
import {splitManagedFields} from './fields/written-managed-fields.js'
import {LAST_APPLIED} from './last-applied.js'
import type {Resources} from './resources.js'
import {typeInStore} from './types-in-store.js'

const ANNOTATION: FieldSet = {'f:metadata': {'f:annotations': {[`f:${LAST_APPLIED}`]: NO_FIELDS}}}
/** Who owns the annotation of client-side apply from then on. */
const ANNOTATION_MANAGER = 'kubectl-last-applied'

/**
 * After `kubectl apply --server-side` of an object that was applied on the client's side before: what those managers own becomes kubectl's, so
 * that the next application drops what it no longer states. True where something was handed over. Source: client-go `csaupgrade`, kubectl
 * `migrateToSSAIfNecessary`.
 */
export async function upgradeToServerSide(resources: Resources, object: KubeObject): Promise<boolean> {
  const type = await typeInStore(resources, object)
  const stored = await resources.get(type, object.metadata.namespace, object.metadata.name, {managedFields: true})
  const {bare, given: entries = []} = splitManagedFields(stored)
  const owners = upgraded(entries, {apiVersion: object.apiVersion, nowMs: resources.clock.now()})
  if (owners === undefined) return false
  await resources.update(bare, {owners})
  return true
}

/** The entries after the hand-over; undefined where no manager updates the annotation. Pure. */
function upgraded(entries: readonly ManagedFieldsEntry[], {apiVersion, nowMs}: {apiVersion: string; nowMs: number}): readonly ManagedFieldsEntry[] | undefined {
  const clientSide = entries.filter(
    ({operation, subresource, fieldsV1}) => operation === 'Update' && subresource === undefined && !isEmptySet(intersect(fieldsV1, ANNOTATION)),
  )
  if (clientSide.length === 0) return undefined
  const isOurs = ({manager, operation, subresource}: ManagedFieldsEntry) =>
    manager === SERVER_SIDE_MANAGER && operation === 'Apply' && subresource === undefined
  const fields = [...entries.filter(isOurs), ...clientSide].reduce((set: FieldSet, {fieldsV1}) => union(set, fieldsV1), NO_FIELDS)
  const writer: Writer = {manager: SERVER_SIDE_MANAGER, operation: 'Apply', apiVersion}
  const others = entries.filter((entry) => !isOurs(entry) && !clientSide.includes(entry) && entry.manager !== ANNOTATION_MANAGER)
  return order([...others, entryOf(writer, minus(fields, ANNOTATION), nowMs), entryOf({...writer, manager: ANNOTATION_MANAGER}, ANNOTATION, nowMs)])
}
