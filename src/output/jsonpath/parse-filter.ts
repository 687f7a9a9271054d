import type {Node} from './node.js'
import {parsePath, type Cursor} from './parse-template.js'

/** `[?(@.port>9000)]` or `[?(@.port)]`; the cursor stands on the bracket. Throws an Error in kubectl's words. */
export function parseFilter(cursor: Cursor): Node {
  const start = cursor.at + '[?('.length
  const end = findParenthesis(cursor.text, start)
  if (cursor.text[end + 1] !== ']') throw new Error('unclosed array expect ]')
  cursor.at = end + 2
  const condition = cursor.text.slice(start, end)
  const [, left, operator, right] = /^([^!<>=]+)([!<>=]+)(.+?)$/.exec(condition) ?? []
  if (left === undefined || operator === undefined || right === undefined) return {type: 'filter', left: parsePath(condition), operator: 'exists', right: []}
  return {type: 'filter', left: parsePath(left), operator, right: parsePath(right)}
}

/** The closing parenthesis; the first quoted string, and only that one, may contain others. */
function findParenthesis(text: string, start: number): number {
  let quote: string | undefined
  let isClosed = false
  for (let at = start; at < text.length && text[at] !== '\n'; at++) {
    const char = text[at]
    if (char === ')' && (quote === undefined || isClosed)) return at
    if (quote === undefined && (char === '"' || char === "'")) quote = char
    else if (char === quote && text[at - 1] !== '\\') isClosed = true
  }
  throw new Error('unterminated filter')
}
