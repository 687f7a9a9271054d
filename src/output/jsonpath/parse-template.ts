import {parseFilter} from './parse-filter.js'
import type {Node, Template} from './node.js'
import {parseSubscript} from './parse-subscript.js'
import {unquote} from './unquote.js'

/** Where the parser stands. `at` counts UTF-16 units. */
export interface Cursor {
  readonly text: string
  at: number
}

/**
 * A template in kubectl's JSONPath dialect: text outside braces is literal.
 * Throws an Error with kubectl's words when it cannot be read. Source: client-go `util/jsonpath/parser.go`.
 */
export function parseTemplate(text: string): Template {
  const cursor = {text, at: 0}
  const parts: Node[][] = []
  while (cursor.at < text.length) {
    const brace = text.indexOf('{', cursor.at)
    const end = brace === -1 ? text.length : brace
    if (end > cursor.at) parts.push([{type: 'text', text: text.slice(cursor.at, end)}])
    cursor.at = end + 1
    if (brace !== -1) parts.push(parseAction(cursor))
  }
  return parts
}

/** The nodes of `text` as if it stood between braces. */
export function parsePath(text: string): readonly Node[] {
  return parseAction({text: `${text}}`, at: 0})
}

/** From behind a `{` to behind its `}`. */
function parseAction(cursor: Cursor): Node[] {
  const nodes: Node[] = []
  while (cursor.text[cursor.at] !== '}') nodes.push(...parseStep(cursor, nodes.at(-1)))
  cursor.at++
  return nodes
}

function parseStep(cursor: Cursor, previous: Node | undefined): readonly Node[] {
  const rest = cursor.text.slice(cursor.at, cursor.at + 3)
  if (rest === '[?(') return [parseFilter(cursor)]
  if (rest.startsWith('..')) return parseRecursive(cursor, previous)
  const char = rest[0]
  if (char === undefined || char === '\n' || char === '\r') throw new Error('unclosed action')
  if (char === ' ' || char === '@' || char === '$') return skip(cursor)
  if (char === '[') return parseSubscript(cursor)
  if (char === '"' || char === "'") return [parseQuoted(cursor, char)]
  if (char === '.') return [parseField(cursor, cursor.at + 1)]
  if (/[-+\d]/.test(char)) return [parseNumber(cursor)]
  if (/[\p{L}\p{Nd}_]/u.test(char)) return [parseIdentifier(cursor)]
  throw new Error(`unrecognized character in action: ${showCharacter(cursor)}`)
}

function skip(cursor: Cursor): readonly Node[] {
  cursor.at++
  return []
}

function parseRecursive(cursor: Cursor, previous: Node | undefined): readonly Node[] {
  if (previous?.type === 'recursive') throw new Error('invalid multiple recursive descent')
  cursor.at += 2
  const isField = /[\p{L}\p{Nd}_]/u.test(cursor.text[cursor.at] ?? '')
  return isField ? [{type: 'recursive'}, parseField(cursor, cursor.at)] : [{type: 'recursive'}]
}

const TERMINATOR = /[ \t\r\n.,[\]$@{}]/

function parseField(cursor: Cursor, start: number): Node {
  let end = start
  while (end < cursor.text.length && !TERMINATOR.test(cursor.text[end] ?? '')) end += cursor.text[end] === '\\' ? 2 : 1
  cursor.at = Math.min(end, cursor.text.length)
  const name = cursor.text.slice(start, cursor.at)
  return name === '*' ? {type: 'wildcard'} : {type: 'field', name: name.replaceAll('\\', '')}
}

function parseNumber(cursor: Cursor): Node {
  const [word = ''] = /^[-+]?[\d.]*/.exec(cursor.text.slice(cursor.at)) ?? []
  cursor.at += word.length
  if (!/^[-+]?(\d+\.?\d*|\.\d+)$/.test(word)) throw new Error(`cannot parse number ${word}`)
  return {type: 'literal', value: Number(word)}
}

function parseIdentifier(cursor: Cursor): Node {
  const start = cursor.at
  while (cursor.at < cursor.text.length && !TERMINATOR.test(cursor.text[cursor.at] ?? '')) cursor.at++
  const name = cursor.text.slice(start, cursor.at)
  return name === 'true' || name === 'false' ? {type: 'literal', value: name === 'true'} : {type: 'identifier', name}
}

function parseQuoted(cursor: Cursor, quote: string): Node {
  const start = cursor.at++
  for (;;) {
    const char = cursor.text[cursor.at++]
    if (char === undefined || char === '\n') throw new Error('unterminated quoted string')
    if (char === quote && cursor.text[cursor.at - 2] !== '\\') break
  }
  return {type: 'text', text: unquote(cursor.text.slice(start, cursor.at))}
}

/** Go's `%#U`. */
function showCharacter(cursor: Cursor): string {
  const code = cursor.text.codePointAt(cursor.at) ?? 0
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')} '${String.fromCodePoint(code)}'`
}
