import type {KubeObject} from '../../object.js'
import type {Column, ResourceType} from '../../resource-type.js'
import type {NameRule} from '../../names.js'
import {schemaFor} from '../../schema/schema-for.js'
import type {Schema} from '../../schema/schema.js'
import {ageColumn} from '../age-column.js'
import {hasNoEffect} from '../has-no-effect.js'
import {validateMeta} from '../object-meta.js'
import {pathColumn} from './path-column.js'

/** What there is to know of a kind that tshift keeps for its users without acting on it. */
export interface ForeignKind {
  /** '' for the core group. */
  readonly group: string
  /** The preferred one first. */
  readonly versions: readonly string[]
  readonly kind: string
  readonly plural: string
  readonly singular?: string
  readonly shortNames?: readonly string[]
  readonly categories?: readonly string[]
  /** False for kinds outside of namespaces. */
  readonly namespaced?: boolean
  /** Names and paths of columns, before the age. */
  readonly columns?: readonly (readonly [name: string, path: string])[]
  readonly name?: NameRule
  /** False for kinds whose objects have no `metadata.generation`. */
  readonly hasGeneration?: boolean
}

/** A type whose objects are stored and given back as they were written, in the version they were written in. */
export function foreignType({columns = [], name, ...kind}: ForeignKind): ResourceType {
  const shown = columns.map(([title, path]) => pathColumn({name: title, path}))
  return storedType(kind, {columns: [...shown, ageColumn], ...(name === undefined ? {} : {name})})
}

export interface StoredOptions {
  readonly columns: readonly Column[]
  readonly name?: NameRule
  readonly withoutEffect?: ResourceType['withoutEffect']
  readonly defaults?: ResourceType['defaults']
}

/** As `foreignType`, with columns of any form. */
export function storedType(
  kind: Omit<ForeignKind, 'columns' | 'name'>,
  {columns, name, withoutEffect = hasNoEffect, defaults = asWritten}: StoredOptions,
): ResourceType {
  const {group, versions, plural, namespaced = true, hasGeneration = true} = kind
  return {
    group,
    version: versions[0] ?? 'v1',
    served: versions.map((version) => ({group, version})),
    kind: kind.kind,
    plural,
    singular: kind.singular ?? kind.kind.toLowerCase(),
    shortNames: kind.shortNames ?? [],
    categories: kind.categories ?? [],
    namespaced,
    builtin: false,
    hasGeneration,
    get schema() {
      return openSchema()
    },
    columns,
    defaults,
    validate: (object: KubeObject) => validateMeta(object, {namespaced, ...(name === undefined ? {} : {name})}),
    withoutEffect,
  }
}

function asWritten(object: KubeObject): KubeObject {
  return object
}

/** Metadata as everywhere, and whatever else someone wrote. */
function openSchema(): Schema {
  const known = schemaFor('Namespace')
  const {apiVersion, metadata} = known.type === 'object' ? known.properties : {}
  return {type: 'object', keepsUnknown: true, properties: {...(apiVersion && {apiVersion, kind: apiVersion}), ...(metadata && {metadata})}}
}
