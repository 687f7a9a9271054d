import type {FieldError} from '../field-error.js'
import type {KubeObject} from '../object.js'
import type {ResourceType} from '../resource-type.js'
import {schemaFor} from '../schema/schema-for.js'
import {ageColumn} from './age-column.js'
import {validateMeta} from './object-meta.js'
import {validateDistinct, validateFrozen, validateKeys, validateSize} from './validate-data.js'

export interface ConfigMap extends KubeObject {
  readonly data?: Readonly<Record<string, string>>
  /** Values in base64. */
  readonly binaryData?: Readonly<Record<string, string>>
  readonly immutable?: boolean
}

function validate(configMap: ConfigMap, previous?: ConfigMap): readonly FieldError[] {
  const {data = {}, binaryData = {}} = configMap
  const texts = Object.values(data).reduce((sum, value) => sum + Buffer.byteLength(value), 0)
  const binaries = Object.values(binaryData).reduce((sum, value) => sum + Buffer.byteLength(value, 'base64'), 0)
  return [
    ...validateMeta(configMap, {namespaced: true}),
    ...validateKeys(data, 'data'),
    ...validateDistinct(data, binaryData, 'data'),
    ...validateKeys(binaryData, 'binaryData'),
    ...validateSize(texts + binaries, ''),
    ...validateFrozen(configMap, previous, ['data', 'binaryData']),
  ]
}

export const configMapType: ResourceType = {
  group: '',
  version: 'v1',
  served: [{group: '', version: 'v1'}],
  kind: 'ConfigMap',
  plural: 'configmaps',
  singular: 'configmap',
  shortNames: ['cm'],
  categories: [],
  namespaced: true,
  builtin: true,
  hasGeneration: false,
  schema: schemaFor('ConfigMap'),
  columns: [{name: 'Data', cell: ({data = {}, binaryData = {}}: ConfigMap) => String(Object.keys(data).length + Object.keys(binaryData).length)}, ageColumn],
  defaults: (configMap) => configMap,
  validate,
}
