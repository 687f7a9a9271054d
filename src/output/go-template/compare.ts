import {compareBytes} from '../byte-order.js'
import type {TemplateFunction} from './functions.js'
import {printf} from './printf.js'
import {isFloat, isInteger, isList, isMap, numberOf, typeName, type Value} from './value.js'

type Kind = 'bool' | 'int' | 'float' | 'string' | 'none'

/** `eq ne lt le gt ge`: only values of one basic kind are compared. Source: Go `text/template/funcs.go`. */
export function compareFunctions(): readonly (readonly [string, TemplateFunction])[] {
  const pair = (call: (left: Value, right: Value) => boolean): TemplateFunction => ({least: 2, most: 2, call: ([left, right]) => call(left, right)})
  return [
    ['eq', {least: 1, most: Number.POSITIVE_INFINITY, call: ([first, ...others]) => equalsOne(first, others)}],
    ['ne', pair((left, right) => !equals(left, right))],
    ['lt', pair(isLess)],
    ['le', pair((left, right) => isLess(left, right) || equals(left, right))],
    ['gt', pair((left, right) => !(isLess(left, right) || equals(left, right)))],
    ['ge', pair((left, right) => !isLess(left, right))],
  ]
}

function equalsOne(first: Value, others: readonly Value[]): boolean {
  if (others.length === 0) throw new Error('missing argument for comparison')
  return others.some((other) => equals(first, other))
}

function equals(left: Value, right: Value): boolean {
  const kind = kindOf(left)
  if (isNothing(left) || isNothing(right)) return isNothing(left) === isNothing(right)
  if (kind !== kindOf(right)) throw incompatible(left, right)
  if (kind !== 'none') return scalarOf(left) === scalarOf(right)
  if (isList(left) !== isList(right)) {
    throw new Error(`non-comparable types ${printf('%s', [left])}: ${typeName(left)}, ${typeName(right)}: ${printf('%v', [right])}`)
  }
  throw new Error(`non-comparable type ${printf('%s', [right])}: ${typeName(right)}`)
}

function isLess(left: Value, right: Value): boolean {
  const kind = kindOf(left)
  if (kind === 'none' || kindOf(right) === 'none') throw new Error('invalid type for comparison')
  if (kind !== kindOf(right)) throw incompatible(left, right)
  if (kind === 'bool') throw new Error('invalid type for comparison')
  if (typeof left === 'string') return compareBytes(left, String(right)) < 0
  return Number(scalarOf(left)) < Number(scalarOf(right))
}

function incompatible(left: Value, right: Value): Error {
  return new Error(`incompatible types for comparison: ${typeName(left)} and ${typeName(right)}`)
}

function isNothing(value: Value): boolean {
  return value === undefined || value === null
}

function scalarOf(value: Value): string | number | boolean {
  if (isInteger(value) || isFloat(value)) return numberOf(value)
  return typeof value === 'boolean' ? value : String(value)
}

function kindOf(value: Value): Kind {
  if (isInteger(value)) return 'int'
  if (isFloat(value)) return 'float'
  if (typeof value === 'boolean') return 'bool'
  return typeof value === 'string' && !isMap(value) ? 'string' : 'none'
}
