import {fromLabelSelector, formatSelector, type LabelSelector} from '../../api/labels.js'
import type {Json} from '../../api/object.js'
import type {Fields, Pair} from './fields.js'

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration'
/** The bytes of an annotation that are shown in a line. */
const LONGEST = 140

/** Two more spaces for each level. */
function indented(level: number, lines: readonly string[]): readonly string[] {
  return lines.map((line) => '  '.repeat(level) + line)
}

/** Name, and namespace. */
export function nameLines(object: Fields): readonly string[] {
  return [`Name:\t${object.text('metadata.name')}`, `Namespace:\t${object.text('metadata.namespace')}`]
}

/** Labels and annotations. */
export function labelLines(object: Fields): readonly string[] {
  return [...pairLines('Labels', object.pairs('metadata.labels')), ...annotationLines('Annotations', object.pairs('metadata.annotations'))]
}

/** `title: key=value`, a pair a line. */
export function pairLines(title: string, pairs: readonly Pair[], indent = ''): readonly string[] {
  if (pairs.length === 0) return [`${indent}${title}:\t<none>`]
  return pairs.map(([key, value], index) => `${indent}${index === 0 ? `${title}:` : ''}\t${key}=${value}`)
}

/** A pair a line, long values and those of several lines cut below their key. Source: kubectl `printAnnotationsMultiline`. */
export function annotationLines(title: string, pairs: readonly Pair[]): readonly string[] {
  const shown = pairs.filter(([key]) => key !== LAST_APPLIED)
  if (shown.length === 0) return [`${title}:\t<none>`]
  return shown.flatMap(([key, written], index) => {
    const value = written.endsWith('\n') ? written.slice(0, -1) : written
    const start = index === 0 ? `${title}:` : ''
    const isLong = bytesOf(value).length + bytesOf(key).length + 2 > LONGEST || value.includes('\n')
    if (!isLong) return [`${start}\t${key}: ${value}`]
    return [`${start}\t${key}:`, ...value.split('\n').map((line) => `\t  ${cut(line, LONGEST - 2)}`)]
  })
}

function cut(text: string, length: number): string {
  const bytes = bytesOf(text)
  return bytes.length > length ? `${new TextDecoder().decode(bytes.slice(0, length))}...` : text
}

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

/** `a=b,c=d`; `<none>` for an empty map. Source: apimachinery `labels.FormatLabels`. */
export function formatPairs(pairs: readonly Pair[]): string {
  return pairs.length === 0 ? '<none>' : pairs.map(([key, value]) => `${key}=${value}`).join(',')
}

/** A label selector as kubectl shows it: empty where nothing or everything is selected. */
export function selectorText({value}: Fields): string {
  return isLabelSelector(value) ? formatSelector(fromLabelSelector(value)) : ''
}

/** As `selectorText`, with `<none>` for nothing. Source: apimachinery `metav1.FormatLabelSelector`. */
export function selectorOrNone(selector: Fields): string {
  return selectorText(selector) || '<none>'
}

const OPERATORS: readonly unknown[] = ['In', 'NotIn', 'Exists', 'DoesNotExist']

function isLabelSelector(value: Json): value is Json & LabelSelector {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const {matchLabels = {}, matchExpressions = []} = value as {matchLabels?: unknown; matchExpressions?: unknown}
  return typeof matchLabels === 'object' && matchLabels !== null && Array.isArray(matchExpressions) && matchExpressions.every(isExpression)
}

function isExpression(one: unknown): boolean {
  if (typeof one !== 'object' || one === null || !('key' in one) || !('operator' in one)) return false
  return typeof one.key === 'string' && OPERATORS.includes(one.operator)
}

/** `ReplicaSet/web-5d4`: who controls the object. */
export function controllerLines(object: Fields): readonly string[] {
  const owner = controllerOf(object)
  return owner === undefined ? [] : [`Controlled By:\t${owner.text('kind')}/${owner.text('name')}`]
}

/** The owner reference of the controller. */
export function controllerOf(object: Fields): Fields | undefined {
  return object.items('metadata.ownerReferences').find((owner) => owner.flag('controller'))
}

/** A title, column heads, dashes below them, and rows. */
export function tableLines(heads: readonly string[], dashes: readonly string[], rows: readonly (readonly string[])[], level = 1): readonly string[] {
  return indented(level, [heads, dashes, ...rows].map((cells) => cells.join('\t')))
}
