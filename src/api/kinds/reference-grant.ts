import type {KubeObject} from '../object.js'
import type {ResourceType} from '../resource-type.js'
import {schemaFor} from '../schema/schema-for.js'
import {ageColumn} from './age-column.js'
import {gatewayApi} from './gateway-api/versions.js'
import {validateMeta} from './object-meta.js'

/** Lets objects of other namespaces refer to objects of its own. */
export interface ReferenceGrant extends KubeObject {
  readonly spec?: {
    readonly from: readonly {readonly group: string; readonly kind: string; readonly namespace: string}[]
    readonly to: readonly {readonly group: string; readonly kind: string; readonly name?: string}[]
  }
}

export const referenceGrantType: ResourceType = {
  ...gatewayApi(schemaFor('ReferenceGrant'), ['v1beta1', 'v1alpha2']),
  hasRules: false,
  kind: 'ReferenceGrant',
  plural: 'referencegrants',
  singular: 'referencegrant',
  shortNames: ['refgrant'],
  columns: [ageColumn],
  validate: (grant) => validateMeta(grant, {namespaced: true}),
}
