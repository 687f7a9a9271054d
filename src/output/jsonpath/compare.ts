import type {Json} from '../../api/object.js'
import {compareBytes} from '../byte-order.js'
import {goTypeOf} from '../go-print.js'

/**
 * A filter's comparison. Only values of one Go type can be compared, so 1.5 and 1 cannot; throws an Error in kubectl's words.
 * Source: client-go `third_party/forked/golang/template/funcs.go`.
 */
export function compare(left: Json, operator: string, right: Json): boolean {
  const kind = comparableType(left)
  if (!['==', '!=', '<', '<=', '>', '>='].includes(operator)) throw new Error(`unrecognized filter operator ${operator}`)
  if (kind !== comparableType(right)) throw new Error('incompatible types for comparison')
  if (operator === '==') return left === right
  if (operator === '!=') return left !== right
  if (kind === 'bool') throw new Error('invalid type for comparison')
  const order = typeof left === 'string' ? compareBytes(left, String(right)) : Number(left) - Number(right)
  if (order === 0) return operator === '<=' || operator === '>='
  return order < 0 === operator.startsWith('<')
}

function comparableType(value: Json): string {
  if (value === null || typeof value === 'object') throw new Error('invalid type for comparison')
  return goTypeOf(value)
}
