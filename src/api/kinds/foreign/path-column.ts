import {formatAge} from '../../age.js'
import type {Json} from '../../object.js'
import type {Column} from '../../resource-type.js'
import {valuesAt} from './printer-path.js'

export interface PathColumn {
  readonly name: string
  /** A JSONPath without braces. */
  readonly path: string
  readonly isDate?: boolean
  readonly wide?: boolean
}

/** A column that shows what a path leads to, as apiextensions-apiserver's table converter prints it: lists and objects as JSON. */
export function pathColumn({name, path, isDate = false, wide = false}: PathColumn): Column {
  return {
    name,
    ...(wide ? {wide} : {}),
    cell: (object, nowMs) => {
      const values = valuesAt(object as unknown as Json, path)
      return isDate ? (values.length === 0 ? '' : formatAge(String(values[0]), nowMs)) : values.map(formatCell).join(' ')
    },
  }
}

function formatCell(value: Json): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
