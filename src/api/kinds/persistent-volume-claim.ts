import {forbidden, required, type FieldError} from '../field-error.js'
import type {KubeObject, ObjectMeta} from '../object.js'
import type {Column, ResourceType} from '../resource-type.js'
import {isSameJson} from '../same-json.js'
import {schemaFor} from '../schema/schema-for.js'
import {ageColumn} from './age-column.js'
import {fill} from './fill.js'
import {validateMeta} from './object-meta.js'
import type {Resources} from './pod-spec.js'

export interface PersistentVolumeClaim extends KubeObject {
  readonly spec: ClaimSpec
  readonly status?: ClaimStatus
}

export interface ClaimSpec {
  readonly accessModes?: readonly string[]
  readonly resources?: Resources
  readonly storageClassName?: string
  readonly volumeAttributesClassName?: string
  readonly volumeMode?: string
  readonly volumeName?: string
}

export interface ClaimStatus {
  readonly phase?: string
  readonly accessModes?: readonly string[]
  readonly capacity?: Readonly<Record<string, string | number>>
}

/** What a StatefulSet makes a claim of for each of its pods. */
export interface ClaimTemplate {
  readonly metadata?: Partial<ObjectMeta>
  readonly spec?: ClaimSpec
}

const PENDING = {status: {phase: 'Pending'}}
const ABBREVIATIONS: Readonly<Record<string, string>> = {ReadWriteOnce: 'RWO', ReadOnlyMany: 'ROX', ReadWriteMany: 'RWX', ReadWriteOncePod: 'RWOP'}

/** Source: kubernetes `SetDefaults_PersistentVolumeClaim`. */
function defaults(claim: PersistentVolumeClaim): PersistentVolumeClaim {
  return fill({...claim, spec: fill(claim.spec ?? {}, {volumeMode: 'Filesystem'})}, PENDING)
}

/** As above, and with the kind, which nobody has to write in a template. Source: kubernetes apps/v1 conversion of StatefulSetSpec. */
export function defaultClaimTemplate(template: ClaimTemplate): ClaimTemplate {
  return fill({...template, apiVersion: 'v1', kind: 'PersistentVolumeClaim', spec: fill(template.spec ?? {}, {volumeMode: 'Filesystem'})}, PENDING)
}

/** Source: kubernetes `ValidatePersistentVolumeClaimSpec`, `ValidatePersistentVolumeClaimUpdate`. */
function validate(claim: PersistentVolumeClaim, previous?: PersistentVolumeClaim): readonly FieldError[] {
  const {accessModes = [], resources} = claim.spec
  return [
    ...validateMeta(claim, persistentVolumeClaimType),
    ...(accessModes.length === 0 ? [required('spec.accessModes', 'at least 1 access mode is required')] : []),
    ...(resources?.requests?.['storage'] === undefined ? [required('spec.resources[storage]')] : []),
    ...(previous === undefined || isSameJson(fixedPart(claim.spec), fixedPart(previous.spec)) ? [] : [forbidden('spec', IMMUTABLE)]),
  ]
}

const IMMUTABLE = 'spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims'

/** The volume is bound through the same door. */
function fixedPart({resources: _, volumeAttributesClassName: _class, volumeName: _volume, ...fixed}: ClaimSpec): object {
  return fixed
}

const whenBound = (name: string, cell: (claim: PersistentVolumeClaim) => string): Column => ({
  name,
  cell: (claim: PersistentVolumeClaim) => (claim.spec.volumeName === undefined ? '' : cell(claim)),
})

export const persistentVolumeClaimType: ResourceType = {
  group: '',
  version: 'v1',
  served: [{group: '', version: 'v1'}],
  kind: 'PersistentVolumeClaim',
  plural: 'persistentvolumeclaims',
  singular: 'persistentvolumeclaim',
  shortNames: ['pvc'],
  categories: [],
  namespaced: true,
  builtin: true,
  hasGeneration: false,
  schema: schemaFor('PersistentVolumeClaim'),
  columns: [
    {name: 'Status', cell: ({metadata, status}: PersistentVolumeClaim) => (metadata.deletionTimestamp === undefined ? (status?.phase ?? '') : 'Terminating')},
    {name: 'Volume', cell: ({spec}: PersistentVolumeClaim) => spec.volumeName ?? ''},
    whenBound('Capacity', ({status}) => String(status?.capacity?.['storage'] ?? '')),
    whenBound('Access Modes', ({status}) => (status?.accessModes ?? []).map((mode) => ABBREVIATIONS[mode] ?? mode).join(',')),
    {name: 'StorageClass', cell: ({spec}: PersistentVolumeClaim) => spec.storageClassName ?? ''},
    {name: 'VolumeAttributesClass', cell: ({spec}: PersistentVolumeClaim) => spec.volumeAttributesClassName ?? '<unset>'},
    ageColumn,
    {name: 'VolumeMode', wide: true, cell: ({spec}: PersistentVolumeClaim) => spec.volumeMode ?? '<unset>'},
  ],
  defaults,
  validate,
}
