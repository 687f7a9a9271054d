import type {KubeObject} from '../object.js'
import type {ResourceType} from '../resource-type.js'
import {schemaFor} from '../schema/schema-for.js'
import {ageColumn} from './age-column.js'
import {validateMeta} from './object-meta.js'

export interface ServiceAccount extends KubeObject {
  readonly secrets?: readonly {readonly name?: string}[]
  readonly imagePullSecrets?: readonly {readonly name?: string}[]
  readonly automountServiceAccountToken?: boolean
}

export const serviceAccountType: ResourceType = {
  group: '',
  version: 'v1',
  served: [{group: '', version: 'v1'}],
  kind: 'ServiceAccount',
  plural: 'serviceaccounts',
  singular: 'serviceaccount',
  shortNames: ['sa'],
  categories: [],
  namespaced: true,
  builtin: true,
  hasGeneration: false,
  schema: schemaFor('ServiceAccount'),
  columns: [{name: 'Secrets', cell: ({secrets = []}: ServiceAccount) => String(secrets.length)}, ageColumn],
  defaults: (account) => account,
  validate: (account) => validateMeta(account, {namespaced: true}),
}
