import {isJsonObject, type Json} from '../api/object.js'
import {sortedKeys} from './byte-order.js'
import {formatGoNumber} from './go-float.js'

/** A decoded JSON value as Go's `fmt.Print` shows it: `map[a:1 b:[x y]]`, `<nil>`. Custom columns print cells so. */
export function formatGoValue(value: Json): string {
  if (value === null) return '<nil>'
  if (typeof value === 'number') return formatGoNumber(value, 'int64')
  if (Array.isArray(value)) return `[${value.map(formatGoValue).join(' ')}]`
  if (!isJsonObject(value)) return String(value)
  return `map[${sortedKeys(value).map((key) => `${key}:${formatGoValue(value[key] ?? null)}`).join(' ')}]`
}

/** The same in Go syntax (`%#v`), as kubectl shows the object a template failed on. */
export function formatGoSyntax(value: Json): string {
  if (value === null) return 'interface {}(nil)'
  if (typeof value === 'string') return JSON.stringify(value)
  if (Array.isArray(value)) return `[]interface {}{${value.map(formatGoSyntax).join(', ')}}`
  if (!isJsonObject(value)) return formatGoValue(value)
  const members = sortedKeys(value).map((key) => `${JSON.stringify(key)}:${formatGoSyntax(value[key] ?? null)}`)
  return `map[string]interface {}{${members.join(', ')}}`
}

/** The Go type a JSON value is decoded into. */
export function goTypeOf(value: Json): string {
  if (value === null) return 'interface {}'
  if (typeof value === 'number') return isGoInteger(value) ? 'int64' : 'float64'
  if (typeof value === 'boolean') return 'bool'
  if (typeof value === 'string') return 'string'
  return Array.isArray(value) ? '[]interface {}' : 'map[string]interface {}'
}

function isGoInteger(value: number): boolean {
  return /^-?\d+$/.test(formatGoNumber(value, 'int64'))
}
