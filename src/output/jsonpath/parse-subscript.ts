import type {Node, Slice} from './node.js'
import {parsePath, type Cursor} from './parse-template.js'

/** `[0]`, `[1:3]`, `[*]`, `['key']` or several of them with commas; the cursor stands on the bracket. Throws an Error in kubectl's words. */
export function parseSubscript(cursor: Cursor): readonly Node[] {
  const end = cursor.text.slice(cursor.at).search(/[\]\n]/) + cursor.at
  if (end < cursor.at || cursor.text[end] === '\n') throw new Error('unterminated array')
  const inside = cursor.text.slice(cursor.at + 1, end)
  cursor.at = end + 1
  const parts = inside.split(',')
  if (parts.length > 1) return [{type: 'union', paths: parts.map((part) => parsePath(`[${part.replace(/^ +| +$/g, '')}]`))}]
  const key = /^'([^']*)'$/.exec(inside)?.[1]
  if (key !== undefined) return parsePath(`.${key}`)
  return [{type: 'slice', slice: parseSlice(inside === '*' ? ':' : inside)}]
}

function parseSlice(text: string): Slice {
  const match = /^(-?\d*)(:-?\d*)?(:-?\d*)?$/.exec(text)
  if (match === null) throw new Error(`invalid array index ${text}`)
  const [start, end, step] = match.slice(1).map(parseIndex)
  return {start, end, step, isIndex: match[2] === undefined}
}

function parseIndex(part: string | undefined): number | undefined {
  const digits = part?.replace(/^:/, '') ?? ''
  if (digits === '-') throw new Error(`array index ${digits} is not a number`)
  return digits === '' ? undefined : Number(digits)
}
