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
  readonly sortBy?: string | undefined
}

/**
 * What `get` prints of what it found: the text for stdout, and what is said where nothing was found at all.
 * Throws a UserError where the objects cannot be sorted. Source: kubectl `get.go` `Run`, `printGeneric`.
 */
export function printFound(found: readonly Printed[], options: PrintOptions): {readonly out: string; readonly notice?: string} {
  const {printer, isTable, ignoreNotFound, isSingle} = options
  const sections = sorted(found, options)
  const isEmpty = found.every(({objects}) => objects.length === 0)
  const isMissing = found.some(({missing}) => missing.length > 0)
  if (!isTable) return {out: isEmpty && (ignoreNotFound || (isSingle && isMissing)) ? '' : printer.print(sections)}
  const out = printer.print(sections)
  return out === '' && !isMissing && !ignoreNotFound ? {out, notice: emptiness(found, options)} : {out}
}

/** A table is sorted by itself, a list as a whole. */
function sorted(found: readonly Printed[], {sortBy, isTable}: PrintOptions): readonly Printed[] {
  if (sortBy === undefined || sortBy === '') return found
  if (isTable) return found.map((one) => ({...one, objects: sortTable(one, sortBy)}))
  const typeOf = new Map(found.flatMap(({type, objects}) => objects.map((object) => [object, type] as const)))
  const [first] = found
  if (first === undefined) return []
  return sortObjects([...typeOf.keys()], sortBy).map((object) => ({...first, type: typeOf.get(object) ?? first.type, objects: [object]}))
}

function sortTable({objects}: Printed, sortBy: string): Printed['objects'] {
  try {
    return sortObjects(objects, sortBy)
  } catch (error) {
    if (!(error instanceof UserError) || error.cause === undefined) throw error
    throw new UserError(`sorting error: ${error.message}`, {cause: error})
  }
}

function emptiness(found: readonly Printed[], {namespace}: PrintOptions): string {
  const isNamespaced = found.every(({type}) => type.namespaced !== false)
  return namespace === undefined || !isNamespaced ? 'No resources found' : `No resources found in ${namespace} namespace.`
}
