import type {KubeObject} from '../../object.js'
import type {Column, ResourceType} from '../../resource-type.js'
import {ageColumn} from '../age-column.js'
import {storedType} from './foreign-type.js'
import {pathColumn} from './path-column.js'

export interface CustomResourceDefinition extends KubeObject {
  readonly spec?: {
    readonly group?: string
    readonly names?: {
      readonly kind?: string
      readonly plural?: string
      readonly singular?: string
      readonly shortNames?: readonly string[]
      readonly categories?: readonly string[]
    }
    readonly scope?: string
    readonly versions?: readonly DefinedVersion[]
  }
  readonly status?: object
}

interface DefinedVersion {
  readonly name?: string
  readonly served?: boolean
  readonly storage?: boolean
  readonly additionalPrinterColumns?: readonly {readonly name?: string; readonly type?: string; readonly jsonPath?: string; readonly priority?: number}[]
}

/** What its controller says at once: names are accepted and objects can come. */
function established(definition: CustomResourceDefinition): CustomResourceDefinition {
  const {names, versions = []} = definition.spec ?? {}
  const stored = versions.filter(({storage}) => storage === true).flatMap(({name}) => name ?? [])
  const conditions = [
    {type: 'NamesAccepted', status: 'True', reason: 'NoConflicts', message: 'no conflicts found'},
    {type: 'Established', status: 'True', reason: 'InitialNamesAccepted', message: 'the initial names have been accepted'},
  ]
  return {...definition, status: {...(names === undefined ? {} : {acceptedNames: names}), conditions, storedVersions: stored}}
}

/** Objects of the kinds it defines can be stored from then on. */
export const customResourceDefinitionType: ResourceType = storedType(
  {
    group: 'apiextensions.k8s.io',
    versions: ['v1'],
    kind: 'CustomResourceDefinition',
    plural: 'customresourcedefinitions',
    shortNames: ['crd', 'crds'],
    categories: ['api-extensions'],
    namespaced: false,
  },
  {
    columns: [{name: 'Created At', cell: ({metadata}) => metadata.creationTimestamp ?? ''}],
    defaults: established,
    withoutEffect: () => [], // it has one: its kind is known
  },
)

/** The types that stored definitions make; of a definition that is not complete, none. */
export function typesOfDefinitions(definitions: readonly CustomResourceDefinition[]): readonly ResourceType[] {
  return definitions.flatMap(({spec}) => {
    const {group = '', names = {}, scope, versions = []} = spec ?? {}
    const {kind = '', plural = '', singular, shortNames = [], categories = []} = names
    const served = versions.filter((version) => version.served === true).flatMap(({name}) => name ?? [])
    if (group === '' || kind === '' || plural === '' || served.length === 0) return []
    const columns = columnsOf(versions.find(({storage}) => storage === true))
    const common = {group, versions: served, kind, plural, shortNames, categories, namespaced: scope !== 'Cluster'}
    return [storedType({...common, ...(singular === undefined ? {} : {singular})}, {columns})]
  })
}

function columnsOf(version: DefinedVersion | undefined): readonly Column[] {
  const {additionalPrinterColumns: written = []} = version ?? {}
  if (written.length === 0) return [ageColumn]
  return written.map(({name = '', type, jsonPath = '', priority = 0}) => pathColumn({name, path: jsonPath, isDate: type === 'date', wide: priority > 0}))
}
