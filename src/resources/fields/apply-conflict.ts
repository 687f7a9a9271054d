import type {ResourceType} from '../../api/resource-type.js'
import {StatusError, type StatusCause} from '../../api/status-error.js'
import {printPaths, type FieldSet} from './field-set.js'
import type {ManagedFieldsEntry} from './managed-fields.js'

/** Fields that an applied configuration would take from another manager. */
export interface FieldConflict {
  readonly entry: ManagedFieldsEntry
  readonly fields: FieldSet
}

/** The refusal of a server-side apply (apimachinery `managedfields.NewConflictError`). */
export function applyConflict(type: Pick<ResourceType, 'group' | 'plural'>, name: string, conflicts: readonly FieldConflict[]): StatusError {
  const listed = conflicts
    .map(({entry, fields}) => ({manager: printManager(entry), paths: printPaths(fields)}))
    .sort((a, b) => (a.manager < b.manager ? -1 : 1))
  const causes: StatusCause[] = listed.flatMap(({manager, paths}) =>
    paths.map((field) => ({reason: 'FieldManagerConflict', message: `conflict with ${manager}`, field})),
  )
  const text =
    causes.length === 1
      ? `${causes[0]?.message}: ${causes[0]?.field}`
      : listed.map(({manager, paths}) => [`conflicts with ${manager}:`, ...paths.map((path) => `- ${path}`)].join('\n')).join('\n')
  const count = `${causes.length} conflict${causes.length === 1 ? '' : 's'}`
  return new StatusError('Conflict', `Apply failed with ${count}: ${text}`, {name, group: type.group, kind: type.plural, causes})
}

/** `"kubectl-scale" with subresource "scale" using apps/v1 at 2026-11-21T02:49:16Z`: what applies is named without version and time. */
function printManager({manager, subresource, operation, apiVersion, time}: ManagedFieldsEntry): string {
  const who = subresource === undefined ? JSON.stringify(manager) : `${JSON.stringify(manager)} with subresource ${JSON.stringify(subresource)}`
  if (operation === 'Apply') return who
  return time === undefined ? `${who} using ${apiVersion}` : `${who} using ${apiVersion} at ${time}`
}
