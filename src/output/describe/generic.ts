import {isJsonObject, type Json, type JsonObject} from '../../api/object.js'
import {sortedKeys} from '../byte-order.js'
import {formatGoValue} from '../go-print.js'
import {eventLines} from './events.js'
import {labelLines, nameLines} from './metadata.js'
import {titleOf} from './split-words.js'
import type {Describer} from './surroundings.js'

const SKIPPED = ['.metadata.managedFields', '.metadata.name', '.metadata.namespace', '.metadata.labels', '.metadata.annotations']

/** Kinds without a layout of their own: all fields, by name. Source: kubectl `genericDescriber`. */
export const genericDescriber: Describer = {
  describe: (object, surroundings) => [
    ...nameLines(object),
    ...labelLines(object),
    ...(isJsonObject(object.value) ? contentLines(object.value, 0, '') : []),
    ...eventLines(surroundings),
  ],
}

function contentLines(content: JsonObject, level: number, path: string): readonly string[] {
  return sortedKeys(content).flatMap((field) => {
    const place = `${path}.${field}`
    return SKIPPED.includes(place) ? [] : fieldLines(field, content[field] ?? null, level, place)
  })
}

function fieldLines(field: string, value: Json, level: number, place: string): readonly string[] {
  const title = `${'  '.repeat(level)}${titleOf(field)}:`
  if (Array.isArray(value)) return [title, ...(value as readonly Json[]).flatMap((item) => itemLines(item, level + 1, place))]
  if (isJsonObject(value)) return [title, ...contentLines(value, level + 1, place)]
  return [`${title}\t${formatGoValue(value)}`]
}

function itemLines(item: Json, level: number, place: string): readonly string[] {
  return isJsonObject(item) ? contentLines(item, level, place) : [`${'  '.repeat(level)}${formatGoValue(item)}`]
}
