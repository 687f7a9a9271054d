import type {Descriptions} from '../../api/schema/descriptions.js'
import {definitionOf} from '../../api/schema/schema-for.js'
import {elementOf, fieldsWithin, typeName, type Documented, type DocumentedField} from './documented.js'
import type {Explained} from './explain.js'
import {indentText, wrapWords} from './word-wrap.js'

const WIDTH = 80
const FIELD = 3
const TEXT = 5

/** The older layout, `-o plaintext-openapiv2`. Source: kubectl `explain/model_printer.go`. */
export function formatPlaintextV2({group, kind, version, place, field}: Explained, descriptions: Descriptions, isRecursive: boolean): string {
  const fields = fieldsWithin(place, descriptions)
  const word = fields.length === 0 ? 'FIELD:    ' : 'RESOURCE: '
  const title = field === undefined ? '' : `${word}${field} <${typeName(place)}>\n\n`
  const list = isRecursive ? treeText(fields, descriptions, {indent: FIELD, path: [elementOf(place.schema)]}) : fields.map(fieldText).join('')
  const head = `KIND:     ${kind}\nVERSION:  ${group === '' ? version : `${group}/${version}`}\n\n`
  const below = fields.length === 0 ? '' : `\nFIELDS:\n${list}${isRecursive ? '\n' : ''}`
  return `${head}${title}DESCRIPTION:\n${descriptionText(place, descriptions)}${below}`
}

function descriptionText(place: Documented, descriptions: Descriptions): string {
  const ofStruct = descriptions[definitionOf(elementOf(place.schema)) ?? '']?.[''] ?? ''
  const texts = [place.description, ofStruct].filter((text) => text !== '')
  return `${(texts.length === 0 ? ['<empty>'] : texts).map((text) => indented(text)).join('\n\n')}\n`
}

function indented(text: string): string {
  return indentText(wrapWords(text, WIDTH - TEXT), TEXT)
}

function fieldText(field: DocumentedField): string {
  return `${headOf(field, FIELD)}\n${indented(field.description === '' ? '<no description>' : field.description)}\n\n`
}

function headOf(field: DocumentedField, indent: number): string {
  return `${' '.repeat(indent)}${field.name}\t<${typeName(field)}>${field.isRequired ? ' -required-' : ''}`
}

function treeText(fields: readonly DocumentedField[], descriptions: Descriptions, {indent, path}: {indent: number; path: readonly unknown[]}): string {
  return fields
    .map((field) => {
      const struct = elementOf(field.schema)
      const inner = path.includes(struct) ? '' : treeText(fieldsWithin(field, descriptions), descriptions, {indent: indent + FIELD, path: [...path, struct]})
      return `${headOf(field, indent)}\n${inner}`
    })
    .join('')
}
