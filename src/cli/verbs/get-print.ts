import type {KubeObject} from '../../api/object.js'
import {UserError} from '../../base/user-error.js'
import type {Printer} from '../../output/printer.js'
import type {PrintedType} from '../../output/section.js'
import {sortObjects} from '../../output/sort-by.js'
import type {Found} from './get.js'

export type Printed = Omit<Found, 'type'> & {readonly type: PrintedType}

export interface PrintOptions {
  readonly printer: Printer
  readonly isTable: boolean
  /** Of the request; undefined: all of them. */
  readonly namespace: string | undefined
  readonly ignoreNotFound: boolean
  /** One object was asked for by name. */
  readonly isSingle: boolean
  /** Objects were asked for by name: a type of which none is there has no table. */
  readonly isNamed: boolean
  readonly sortBy?: string | undefined
}

/**
 * What `get` prints of what it found: the text for stdout, and what is said where nothing was found at all.
 * Throws a UserError where the objects cannot be sorted. Source: kubectl `get.go` `Run`, `printGeneric`.
 */
export function printFound(found: readonly Printed[], options: PrintOptions): {readonly out: string; readonly notice?: string} {
  const {printer, isTable, ignoreNotFound, isSingle} = options
  const sections = sorted(options.isNamed && isTable ? found.filter(({objects}) => objects.length > 0) : found, options)
  const isEmpty = found.every(({objects}) => objects.length === 0)
  const isMissing = found.some(({missing}) => missing.length > 0)
  if (!isTable) return {out: isEmpty && (ignoreNotFound || (isSingle && isMissing)) ? '' : printer.print(sections)}
  const out = printer.print(sections)
  return out === '' && !isMissing && !ignoreNotFound ? {out, notice: emptiness(found, options)} : {out}
}

function sorted(found: readonly Printed[], options: PrintOptions): readonly Printed[] {
  const {sortBy, isTable} = options
  if (sortBy === undefined || sortBy === '') return found
  if (isTable) return sortedTables(found, {...options, sortBy})
  const typeOf = new Map(found.flatMap(({type, objects}) => objects.map((object) => [object, type] as const)))
  const [first] = found
  if (first === undefined) return []
  return sortObjects([...typeOf.keys()], sortBy).map((object) => ({...first, type: typeOf.get(object) ?? first.type, objects: [object]}))
}

/**
 * As kubectl has it, whose server answers with a table for every type or name: the rows of the only one are sorted, and not shown where they cannot be;
 * several are themselves what is sorted, and have next to no fields. Source: kubectl `get/sorter.go`, whose error `get.go` `Run` drops.
 */
function sortedTables(found: readonly Printed[], {sortBy, isNamed}: PrintOptions & {readonly sortBy: string}): readonly Printed[] {
  const answers = isNamed ? found.flatMap(({objects}) => objects) : found
  if (answers.length > 1) {
    sortObjects(answers.map(() => TABLE), sortBy)
    return found
  }
  return found.map((one) => ({...one, objects: rowsInOrder(one, sortBy)}))
}

const TABLE = {apiVersion: 'meta.k8s.io/v1', kind: 'Table', metadata: {resourceVersion: '0'}} as unknown as KubeObject

function rowsInOrder({objects}: Printed, sortBy: string): Printed['objects'] {
  if (objects.length < 2) return objects
  try {
    return sortObjects(objects, sortBy)
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return []
  }
}

function emptiness(found: readonly Printed[], {namespace}: PrintOptions): string {
  const isNamespaced = found.every(({type}) => type.namespaced !== false)
  return namespace === undefined || !isNamespaced ? 'No resources found' : `No resources found in ${namespace} namespace.`
}
