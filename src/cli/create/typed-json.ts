import {isJsonObject, type Json, type JsonObject} from '../../api/object.js'
import {formatCompactJson} from '../../output/json.js'

/** Go maps in the structs of built-in kinds: Go prints their keys sorted, and struct fields in the order of the struct. */
const MAPS = new Set(['annotations', 'binaryData', 'data', 'hard', 'labels', 'limits', 'matchLabels', 'nodeSelector', 'requests'])

/**
 * An object whose fields stand in the order of the Go struct, as `kubectl create -o json` prints it: 4 spaces, a newline at the end.
 * (`get` prints what the server sent, with sorted keys: that is `formatJson`.)
 */
export function formatTypedJson(value: unknown): string {
  return `${format(value as Json, '\n', false)}\n`
}

/** The same without white space, as `--save-config` writes it into the annotation. */
export function formatCompactTypedJson(value: unknown): string {
  return format(value as Json, '', false)
}

function format(value: Json, newline: string, isMap: boolean): string {
  const inner = newline === '' ? '' : `${newline}    `
  if (Array.isArray(value)) return enclose('[]', value.map((item: Json) => format(item, inner, false)), {newline, inner})
  if (!isJsonObject(value)) return formatCompactJson(value)
  const colon = newline === '' ? ':' : ': '
  const keys = isMap ? Object.keys(value).sort(compareBytes) : Object.keys(value)
  const members = keys
    .filter((key) => value[key] !== undefined)
    .map((key) => `${formatCompactJson(key)}${colon}${format(member(value, key), inner, MAPS.has(key))}`)
  return enclose('{}', members, {newline, inner})
}

function member(value: JsonObject, key: string): Json {
  return value[key] ?? null
}

function enclose(brackets: string, parts: readonly string[], {newline, inner}: {readonly newline: string; readonly inner: string}): string {
  if (parts.length === 0) return brackets
  return `${brackets[0]}${inner}${parts.join(`,${inner}`)}${newline}${brackets[1]}`
}

function compareBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b))
}
