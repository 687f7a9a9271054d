import {WholeFloat} from './value.js'

const INTEGER = /^([+-]?)(?:0[xX]([0-9a-fA-F_]+)|0[bB]([01_]+)|0[oO]?([0-7_]+)|([0-9][0-9_]*))$/
const FLOAT = /^[+-]?(?:[0-9][0-9_]*\.?[0-9_]*|\.[0-9][0-9_]*)(?:[eE][+-]?[0-9]+)?$/

/** A numeric constant as Go reads it: `0x10`, `017` and `1_000` are ints, `1e3` and `1.0` floats. What is wrong comes as text. */
export function parseNumber(text: string): bigint | number | WholeFloat | string {
  const [, sign, hex, binary, octal, decimal] = INTEGER.exec(text) ?? []
  if (sign !== undefined) {
    const digits = hex !== undefined ? `0x${hex}` : binary !== undefined ? `0b${binary}` : octal !== undefined ? `0o${octal}` : (decimal ?? '0')
    const value = BigInt(digits.replaceAll('_', ''))
    if (value >= 2n ** 63n) return `integer overflow: ${JSON.stringify(text)}`
    return sign === '-' ? -value : value
  }
  if (!FLOAT.test(text)) return `illegal number syntax: ${JSON.stringify(text)}`
  const value = Number(text.replaceAll('_', ''))
  return Number.isInteger(value) ? new WholeFloat(value) : value
}
