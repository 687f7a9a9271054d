import {invalid, required, type FieldError} from '../field-error.js'
import type {KubeObject} from '../object.js'
import type {ResourceType} from '../resource-type.js'
import {isSameJson} from '../same-json.js'
import {schemaFor} from '../schema/schema-for.js'
import {ageColumn} from './age-column.js'
import {validateMeta} from './object-meta.js'
import {notNegative} from './validate-pod-spec.js'

/** What a StatefulSet or DaemonSet was like at one time: `data` is a patch that makes it so again. */
export interface ControllerRevision extends KubeObject {
  readonly revision: number
  readonly data?: unknown
}

function validate(revision: ControllerRevision, previous?: ControllerRevision): readonly FieldError[] {
  const {data} = revision
  return [
    ...validateMeta(revision, controllerRevisionType),
    ...(data === undefined || data === null ? [required('data', 'data is mandatory')] : []),
    ...notNegative('revision', revision.revision),
    ...(previous === undefined || isSameJson(data, previous.data) ? [] : [invalid('data', data, 'field is immutable')]),
  ]
}

/** `statefulset.apps/web` */
function controllerText({metadata}: KubeObject): string {
  const owner = metadata.ownerReferences?.find(({controller}) => controller === true)
  if (owner === undefined) return '<none>'
  const group = owner.apiVersion.includes('/') ? `.${owner.apiVersion.split('/')[0]}` : ''
  return `${owner.kind.toLowerCase()}${group}/${owner.name}`
}

export const controllerRevisionType: ResourceType = {
  group: 'apps',
  version: 'v1',
  served: [{group: 'apps', version: 'v1'}],
  kind: 'ControllerRevision',
  plural: 'controllerrevisions',
  singular: 'controllerrevision',
  shortNames: [],
  categories: [],
  namespaced: true,
  builtin: true,
  hasGeneration: false,
  schema: schemaFor('ControllerRevision'),
  columns: [
    {name: 'Controller', cell: controllerText},
    {name: 'Revision', cell: ({revision}: ControllerRevision) => String(revision)},
    ageColumn,
  ],
  defaults: (object) => object,
  validate,
}
