import type {Descriptions} from '../../api/schema/descriptions.js'
import {descriptionOf, elementOf, fieldsWithin, typeName, type Documented, type DocumentedField} from './documented.js'
import type {Explained} from './explain.js'
import {indentText, wrapWords} from './word-wrap.js'

const WIDTH = 76
const FIELD_WIDTH = 78
const SHOWN_VALUES = 4

/** kubectl's layout. Source: kubectl `explain/v2/templates/plaintext.tmpl`. */
export function formatPlaintext({place, field, ...kind}: Explained, descriptions: Descriptions, isRecursive: boolean): string {
  const title = field === undefined ? '' : `FIELD: ${field} <${typeName(place)}>\n${longEnum(place)}\n\n`
  const text = descriptionOf(place, descriptions)
  const description = `DESCRIPTION:\n${indentText(wrapWords(text === '' ? '<empty>' : text, WIDTH), 4)}\n`
  const fields = isRecursive ? treeLines(place, descriptions, {level: 1, path: []}) : fieldsWithin(place, descriptions).map(fieldText).join('')
  return `${formatHead(kind)}${title}${description}${fields === '' ? '' : `FIELDS:\n${fields}`}\n`
}

/** The kind that is explained. */
export function formatHead({group, kind, version}: Pick<Explained, 'group' | 'kind' | 'version'>): string {
  return `${group === '' ? '' : `GROUP:      ${group}\n`}KIND:       ${kind}\nVERSION:    ${version}\n\n`
}

function fieldText(field: DocumentedField): string {
  const text = field.description === '' ? '<no description>' : field.description
  return `${fieldLine(field, 2)}${indentText(wrapWords(text, FIELD_WIDTH - 2), 4)}\n\n`
}

function fieldLine(field: DocumentedField, indent: number): string {
  const pad = ' '.repeat(indent)
  return `${pad}${field.name}\t<${typeName(field)}>${field.isRequired ? ' -required-' : ''}${shortEnum(field, pad)}\n`
}

/** All fields below, without what is said of them; a struct within itself is not entered again. */
function treeLines(place: Documented, descriptions: Descriptions, {level, path}: {level: number; path: readonly unknown[]}): string {
  const struct = elementOf(place.schema)
  if (path.includes(struct)) return ''
  return fieldsWithin(place, descriptions)
    .map((field) => fieldLine(field, level * 2) + treeLines(field, descriptions, {level: level + 1, path: [...path, struct]}))
    .join('')
}

function valuesOf({schema}: Documented): readonly string[] {
  const values = schema.type === 'string' ? (schema.enum ?? []) : []
  return values.map((value) => (value === '' ? '""' : value))
}

function longEnum(place: Documented): string {
  const values = valuesOf(place)
  return values.length === 0 ? '' : `ENUM:${values.map((value) => `\n    ${value}`).join('')}`
}

function shortEnum(place: Documented, pad: string): string {
  const values = valuesOf(place)
  if (values.length === 0) return ''
  return `\n${pad}enum: ${values.slice(0, SHOWN_VALUES).join(', ')}${values.length > SHOWN_VALUES ? ', ....' : ''}`
}
