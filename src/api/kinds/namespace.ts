import {dns1123Label} from '../names.js'
import type {KubeObject} from '../object.js'
import type {ResourceType} from '../resource-type.js'
import {schemaFor} from '../schema/schema-for.js'
import {ageColumn} from './age-column.js'
import {fill} from './fill.js'
import {validateMeta} from './object-meta.js'

export interface Namespace extends KubeObject {
  readonly spec?: {readonly finalizers?: readonly string[]}
  readonly status?: {readonly phase?: string}
}

const NAME_LABEL = 'kubernetes.io/metadata.name'

function defaults(namespace: Namespace): Namespace {
  const {name, labels} = namespace.metadata
  const isNamed = name !== undefined && name !== ''
  return {
    ...namespace,
    metadata: isNamed ? {...namespace.metadata, labels: {...labels, [NAME_LABEL]: name}} : namespace.metadata,
    spec: fill(namespace.spec ?? {}, {finalizers: ['kubernetes']}),
    status: fill(namespace.status ?? {}, {phase: 'Active'}),
  }
}

export const namespaceType: ResourceType = {
  group: '',
  version: 'v1',
  served: [{group: '', version: 'v1'}],
  kind: 'Namespace',
  plural: 'namespaces',
  singular: 'namespace',
  shortNames: ['ns'],
  categories: [],
  namespaced: false,
  builtin: true,
  hasGeneration: false,
  schema: schemaFor('Namespace'),
  columns: [{name: 'Status', cell: ({status}: Namespace) => status?.phase ?? ''}, ageColumn],
  defaults,
  validate: (namespace) => validateMeta(namespace, {namespaced: false, name: dns1123Label}),
}
