import type {Token, TokenType} from './token.js'

const KEYWORDS = new Set(['block', 'break', 'continue', 'define', 'else', 'end', 'if', 'range', 'template', 'with'])
const SYMBOLS: readonly (readonly [text: string, type: TokenType])[] = [[':=', 'declare'], ['=', 'assign'], ['|', 'pipe'], [',', 'comma']]
const NUMBER = /^[+-]?(?:0[xX][0-9a-fA-F_]*|0[oO][0-7_]*|0[bB][01_]*|[0-9_]*)(?:\.[0-9_]*)?(?:(?<!0[xX][0-9a-fA-F_.]*)[eE][+-]?[0-9_]*|[pP][+-]?[0-9_]*)?i?/
/** Characters that can come right behind a word. */
const ENDS_WORD = /^(?:[ \t\r\n.,|:)(]|$)/
const LETTER = /[\p{L}\p{Nd}_]/u

/**
 * Cuts a template into tokens. A place that cannot be read becomes an `error` token, the last one.
 * Source: Go `text/template/parse/lex.go`.
 */
export function* lex(text: string): Iterable<Token> {
  const cursor = {text, at: 0, depth: 0}
  while (cursor.at < text.length) {
    const open = text.indexOf('{{', cursor.at)
    const end = open === -1 ? text.length : open
    const isTrimmed = open !== -1 && /^-[ \t\r\n]/.test(text.slice(open + 2, open + 4))
    const literal = text.slice(cursor.at, end)
    const shown = isTrimmed ? literal.replace(/[ \t\r\n]+$/, '') : literal
    if (shown !== '') yield token(cursor, 'text', shown)
    cursor.at = end
    if (open === -1) break
    const inside = open + (isTrimmed ? 4 : 2)
    if (text.startsWith('/*', inside)) {
      const problem = skipComment(cursor, inside)
      if (problem !== undefined) return yield problem
      continue
    }
    yield token(cursor, 'open', '{{')
    cursor.at = open + (isTrimmed ? 3 : 2)
    for (const found of lexAction(cursor)) {
      yield found
      if (found.type === 'error') return
    }
  }
  yield token(cursor, 'end', '')
}

interface Cursor {
  readonly text: string
  at: number
  /** Open parentheses. */
  depth: number
}

function token({text, at}: Cursor, type: TokenType, found: string): Token {
  return {type, text: found, at, line: lineAt(text, at)}
}

export function lineAt(text: string, at: number): number {
  let line = 1
  for (let next = text.indexOf('\n'); next !== -1 && next < at; next = text.indexOf('\n', next + 1)) line++
  return line
}

function skipComment(cursor: Cursor, start: number): Token | undefined {
  const end = cursor.text.indexOf('*/', start + 2)
  if (end === -1) return token(cursor, 'error', 'unclosed comment')
  const [closing, isTrimmed] = /^[ \t\r\n]-\}\}|^\}\}/.exec(cursor.text.slice(end + 2)) ?? []
  if (closing === undefined) return token(cursor, 'error', 'comment ends before closing delimiter')
  cursor.at = end + 2
  close(cursor, closing, isTrimmed !== undefined || closing.length > 2)
  return undefined
}

function close(cursor: Cursor, closing: string, isTrimmed: boolean): void {
  cursor.at += closing.length
  if (isTrimmed) cursor.at += /^[ \t\r\n]*/.exec(cursor.text.slice(cursor.at))?.[0].length ?? 0
}

/** From behind `{{` to behind `}}`. */
function* lexAction(cursor: Cursor): Iterable<Token> {
  cursor.depth = 0
  for (;;) {
    const closing = /^(?:[ \t\r\n]-)?\}\}/.exec(cursor.text.slice(cursor.at, cursor.at + 4))?.[0]
    if (closing !== undefined) {
      if (cursor.depth > 0) return yield token(cursor, 'error', 'unclosed left paren')
      yield token(cursor, 'close', '}}')
      return close(cursor, closing, closing.length > 2)
    }
    const found = next(cursor)
    yield found
    if (found.type === 'error') return
    cursor.at += found.text.length
  }
}

function next(cursor: Cursor): Token {
  const rest = cursor.text.slice(cursor.at)
  const char = rest[0]
  if (char === undefined) return token(cursor, 'error', 'unclosed action')
  const space = /^[ \t\r\n]+?(?=[ \t\r\n]-\}\}|[^ \t\r\n]|$)/.exec(rest)?.[0]
  if (space !== undefined) return token(cursor, 'space', space)
  const symbol = SYMBOLS.find(([text]) => rest.startsWith(text))
  if (symbol !== undefined) return token(cursor, symbol[1], symbol[0])
  if (char === ':') return token(cursor, 'error', 'expected :=')
  if (char === '(' || char === ')') return parenthesis(cursor, char)
  if (char === '"' || char === '`' || char === "'") return quoted(cursor, char)
  if (/^(?:[0-9+-]|\.[0-9])/.test(rest)) return number(cursor, rest)
  return word(cursor, rest, char)
}

function parenthesis(cursor: Cursor, char: string): Token {
  cursor.depth += char === '(' ? 1 : -1
  if (cursor.depth < 0) return token(cursor, 'error', 'unexpected right paren')
  return token(cursor, char === '(' ? 'left-paren' : 'right-paren', char)
}

const QUOTED = {
  '"': {pattern: /^"(?:\\[^\n]|[^"\\\n])*"/, type: 'string', problem: 'unterminated quoted string'},
  "'": {pattern: /^'(?:\\[^\n]|[^'\\\n])*'/, type: 'character', problem: 'unterminated character constant'},
  '`': {pattern: /^`[^`]*`/, type: 'raw-string', problem: 'unterminated raw quoted string'},
} as const

function quoted(cursor: Cursor, quote: keyof typeof QUOTED): Token {
  const {pattern, type, problem} = QUOTED[quote]
  const found = pattern.exec(cursor.text.slice(cursor.at))?.[0]
  return found === undefined ? token(cursor, 'error', problem) : token(cursor, type, found)
}

function number(cursor: Cursor, rest: string): Token {
  const [found = ''] = NUMBER.exec(rest) ?? []
  const following = rest.slice(found.length)
  if (!LETTER.test(following[0] ?? '')) return token(cursor, 'number', found)
  return token(cursor, 'error', `bad number syntax: ${JSON.stringify(rest.slice(0, found.length + 1))}`)
}

function word(cursor: Cursor, rest: string, char: string): Token {
  const [found = ''] = /^[.$]?[\p{L}\p{Nd}_]*/u.exec(rest) ?? []
  if (found === '') return other(cursor, rest)
  const after = rest.slice(found.length)
  if (!ENDS_WORD.test(after) && !after.startsWith('}}')) return token(cursor, 'error', `bad character ${showCharacter(after)}`)
  if (found === '.') return token(cursor, 'dot', found)
  if (char === '.') return token(cursor, 'field', found)
  if (char === '$') return token(cursor, 'variable', found)
  if (KEYWORDS.has(found)) return token(cursor, 'keyword', found)
  if (found === 'nil') return token(cursor, 'nil', found)
  return token(cursor, found === 'true' || found === 'false' ? 'bool' : 'identifier', found)
}

function other(cursor: Cursor, rest: string): Token {
  const code = rest.codePointAt(0) ?? 0
  if (code > 0x20 && code < 0x7f) return token(cursor, 'char', rest.slice(0, 1))
  return token(cursor, 'error', `unrecognized character in action: ${showCharacter(rest)}`)
}

/** Go's `%#U`. */
function showCharacter(text: string): string {
  const code = text.codePointAt(0) ?? 0
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')} '${String.fromCodePoint(code)}'`
}
