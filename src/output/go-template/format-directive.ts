import {formatGoFloat} from '../go-float.js'
import type {Directive} from './printf.js'
import {formatValue, isFloat, isInteger, numberOf, typeName, type Value} from './value.js'

/** One scalar as a directive of `printf` asks for it. Source: Go `fmt/print.go`, `fmt/format.go`. */
export function formatDirective(directive: Directive, value: Value): string {
  const text = formatBare(directive, value)
  if (text === undefined) return `%!${directive.verb}(${value === undefined || value === null ? '<nil>' : `${typeName(value)}=${formatValue(value)}`})`
  return pad(directive, text, isInteger(value) || isFloat(value))
}

function formatBare(directive: Directive, value: Value): string | undefined {
  const {verb} = directive
  if (value === undefined || value === null) return verb === 'v' ? (directive.flags.includes('#') ? 'interface {}(nil)' : '<nil>') : undefined
  if (typeof value === 'boolean') return verb === 't' || verb === 'v' ? String(value) : undefined
  if (typeof value === 'string') return formatText(directive, value)
  if (isInteger(value)) return formatInteger(directive, BigInt(value))
  return isFloat(value) ? formatFloat(directive, numberOf(value)) : undefined
}

function formatText({verb, flags, precision}: Directive, text: string): string | undefined {
  const cut = precision === undefined ? text : [...text].slice(0, precision).join('')
  const hex = () => Array.from(new TextEncoder().encode(cut), (byte) => byte.toString(16).padStart(2, '0')).join('')
  if (verb === 'v' && flags.includes('#')) return JSON.stringify(cut)
  if (verb === 's' || verb === 'v') return cut
  if (verb === 'q') return flags.includes('#') && !cut.includes('`') ? `\`${cut}\`` : JSON.stringify(cut)
  if (verb === 'x') return hex()
  return verb === 'X' ? hex().toUpperCase() : undefined
}

const RADIX: Readonly<Record<string, readonly [radix: number, prefix: string]>> = {
  b: [2, '0b'], d: [10, ''], v: [10, ''], o: [8, '0'], O: [8, '0o'], x: [16, '0x'], X: [16, '0X'],
}

function formatInteger({verb, flags, precision}: Directive, value: bigint): string | undefined {
  if (verb === 'c') return String.fromCodePoint(Number(value))
  if (verb === 'q') return `'${JSON.stringify(String.fromCodePoint(Number(value))).slice(1, -1).replace(/^\\u00(..)$/, '\\x$1')}'`
  if (verb === 'U') return `U+${value.toString(16).toUpperCase().padStart(4, '0')}`
  const [radix, prefix] = RADIX[verb] ?? []
  if (radix === undefined || prefix === undefined) return undefined
  const digits = (value < 0n ? -value : value).toString(radix).padStart(precision ?? 0, '0')
  const cased = verb === 'X' ? digits.toUpperCase() : digits
  return `${signOf(flags, value < 0n)}${flags.includes('#') || verb === 'O' ? prefix : ''}${cased}`
}

function formatFloat({verb, flags, precision}: Directive, value: number): string | undefined {
  const sign = signOf(flags, value < 0)
  const size = Math.abs(value)
  if (verb === 'f' || verb === 'F') return `${sign}${size.toFixed(precision ?? 6)}`
  if (verb === 'e' || verb === 'E') {
    const text = size.toExponential(precision ?? 6).replace(/e([+-])(\d)$/, 'e$10$2')
    return `${sign}${verb === 'E' ? text.toUpperCase() : text}`
  }
  if (verb === 'g' || verb === 'G' || verb === 'v') {
    return `${sign}${precision === undefined ? formatGoFloat(size) : formatGoFloat(Number(size.toPrecision(Math.max(precision, 1))))}`
  }
  return undefined
}

function signOf(flags: string, isNegative: boolean): string {
  if (isNegative) return '-'
  return flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : ''
}

/** Zeros go between the sign and the digits. */
function pad({flags, width = 0, precision}: Directive, text: string, isNumber: boolean): string {
  const missing = Math.max(Math.abs(width) - [...text].length, 0)
  if (flags.includes('-') || width < 0) return text + ' '.repeat(missing)
  if (!flags.includes('0') || (isNumber && precision !== undefined && !text.includes('.'))) return ' '.repeat(missing) + text
  const [sign = ''] = /^[+ -]/.exec(text) ?? []
  return isNumber ? `${sign}${'0'.repeat(missing)}${text.slice(sign.length)}` : '0'.repeat(missing) + text
}
