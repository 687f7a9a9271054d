import type {Json, KubeObject} from '../api/object.js'
import {quantityValue} from '../api/quantity.js'
import {UserError} from '../base/user-error.js'
import {relaxedPath} from './custom-columns-printer.js'
import {goTypeOf} from './go-print.js'
import {evaluate} from './jsonpath/evaluate.js'
import {parseTemplate} from './jsonpath/parse-template.js'
import type {Template} from './jsonpath/node.js'
import {compareLikePeople} from './like-people.js'

/**
 * The objects in the order of what a path finds in them (`--sort-by`): numbers by size, quantities by amount, other text with its digits
 * as numbers; those where it finds nothing come first. Throws a UserError in kubectl's words for a path that cannot be read or that finds
 * nothing anywhere, and for values without an order. Source: kubectl `get/sorter.go`.
 */
export function sortObjects(objects: readonly KubeObject[], path: string): readonly KubeObject[] {
  const {template, text} = parse(path)
  const keyed = objects.map((object) => ({object, key: keyOf(template, object)}))
  if (objects.length > 0 && keyed.every(({key}) => key === undefined)) {
    throw new UserError(`couldn't find any field with path ${JSON.stringify(text)} in the list of objects`)
  }
  return keyed.sort((left, right) => compareKeys(left.key, right.key)).map(({object}) => object)
}

function parse(path: string): {template: Template; text: string} {
  let text = path
  try {
    text = relaxedPath(path)
    return {template: parseTemplate(text), text}
  } catch (cause) {
    throw new UserError(cause instanceof Error ? cause.message : String(cause), {cause})
  }
}

interface Key {
  readonly value: Json
  /** Of text that is an amount. */
  readonly amount?: number
}

function keyOf(template: Template, object: KubeObject): Key | undefined {
  const [value] = evaluate(template, object as unknown as Json)[0] ?? []
  if (value === undefined) return undefined
  const amount = typeof value === 'string' ? quantityValue(value) : undefined
  return amount === undefined ? {value} : {value, amount}
}

function compareKeys(left: Key | undefined, right: Key | undefined): number {
  if (left === undefined || right === undefined) return Number(left !== undefined) - Number(right !== undefined)
  const [a, b] = [left.value, right.value]
  if (a === null || b === null) return Number(a !== null) - Number(b !== null)
  if (typeof a === 'number' && typeof b === 'number') return a - b
  if (typeof a === 'string' && typeof b === 'string') {
    return left.amount !== undefined && right.amount !== undefined ? left.amount - right.amount : compareLikePeople(a, b)
  }
  throw new UserError(typeof a === 'object' || typeof a === 'boolean' ? `unsortable type: ${goTypeOf(a)}` : 'unsortable interface: interface')
}
