import {isJsonObject, type Json} from '../api/object.js'
import {sortedKeys} from './byte-order.js'

/**
 * Plain data as `kubectl get -o json` prints it: 4 spaces unless said otherwise, keys sorted by bytes, Go's escapes, a newline at the end.
 * Source: Go `json.MarshalIndent`. JavaScript's own serializer would put keys like "10" first.
 */
export function formatJson(value: unknown, indent = '    '): string {
  return `${format(value as Json, '\n', indent)}\n`
}

/** The same without white space: how kubectl's jsonpath prints maps and lists, and how annotations hold objects. */
export function formatCompactJson(value: unknown): string {
  return format(value as Json, '', '')
}

/** `newline` is the line break with the current indentation, or nothing for the compact form. */
function format(value: Json, newline: string, indent: string): string {
  const inner = `${newline}${indent}`
  if (Array.isArray(value)) return enclose('[]', value.map((item) => format(item, inner, indent)), {newline, inner})
  if (!isJsonObject(value)) return typeof value === 'string' ? formatString(value) : JSON.stringify(value)
  const colon = newline === '' ? ':' : ': '
  const members = sortedKeys(value).map((key) => `${formatString(key)}${colon}${format(value[key] ?? null, inner, indent)}`)
  return enclose('{}', members, {newline, inner})
}

function enclose(brackets: string, parts: readonly string[], {newline, inner}: {readonly newline: string; readonly inner: string}): string {
  if (parts.length === 0) return brackets
  return `${brackets[0]}${inner}${parts.join(`,${inner}`)}${newline}${brackets[1]}`
}

/** What needs no escape. */
const PLAIN = /^[\x20\x21\x23-\x25\x27-\x3b\x3d\x3f-\x5b\x5d-\x7e]*$/

/** Go keeps JSON safe inside HTML and JavaScript, and has no halves of surrogate pairs. */
function formatString(text: string): string {
  if (PLAIN.test(text)) return `"${text}"`
  const quoted = JSON.stringify(text.replace(/\p{Surrogate}/gu, '\ufffd'))
  return quoted.replace(/[<>&\u2028\u2029]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
