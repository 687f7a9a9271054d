import {requirement, type Operator, type Requirement} from './requirement.js'
import {StatusError} from './status-error.js'

/** Symbols, and words that may be an operator where one is expected; the end is an empty symbol. */
type Token = {readonly type: 'symbol' | 'word'; readonly text: string}

const END: Token = {type: 'symbol', text: ''}
const OPERATORS: Readonly<Record<string, Operator>> = {'in': 'in', 'notin': 'notin', '=': '=', '==': '=', '!=': '!=', '>': 'gt', '<': 'lt'}
const EXPECTED_OPERATORS = 'in, notin, =, ==, !=, gt, lt'

/** The conditions of a label selector; see `parseSelector` in labels.ts, which is what others call. */
export function parseRequirements(text: string): readonly Requirement[] {
  const tokens = new Tokens(text)
  const requirements: Requirement[] = []
  while (!tokens.isAtEnd()) {
    if (!startsRequirement(tokens.peek())) throw refusal(tokens.peek(), "!, identifier, or 'end of string'")
    requirements.push(parseRequirement(tokens))
    const next = tokens.take()
    if (next === END) break
    if (next.text !== ',') throw refusal(next, "',' or 'end of string'")
    if (!startsRequirement(tokens.peek())) throw refusal(tokens.peek(), "identifier after ','")
  }
  return requirements
}

function startsRequirement({type, text}: Token): boolean {
  return type === 'word' || text === '!'
}

function parseRequirement(tokens: Tokens): Requirement {
  const isNegated = tokens.peek().text === '!'
  if (isNegated) tokens.take()
  const key = tokens.take()
  if (key.type !== 'word') throw refusal(key, 'identifier', 'unable to parse requirement: ')
  requirement(key.text, 'exists', [])
  if (isNegated) return requirement(key.text, '!', [])
  if (tokens.peek() === END || tokens.peek().text === ',') return requirement(key.text, 'exists', [])
  const word = tokens.take()
  const operator = OPERATORS[word.text]
  if (operator === undefined) throw refusal(word, EXPECTED_OPERATORS, 'unable to parse requirement: ')
  return requirement(key.text, operator, operator === 'in' || operator === 'notin' ? parseValues(tokens) : parseValue(tokens))
}

/** The value after `=`; nothing there means the empty value. */
function parseValue(tokens: Tokens): readonly string[] {
  const next = tokens.peek()
  if (next === END || next.text === ',') return ['']
  if (next.type !== 'word') throw refusal(next, 'identifier', 'unable to parse requirement: ')
  return [tokens.take().text]
}

/** `(a,b)`: sorted and without repetition; a place left empty is the empty value. */
function parseValues(tokens: Tokens): readonly string[] {
  const open = tokens.take()
  if (open.text !== '(') throw new StatusError('BadRequest', `unable to parse requirement: found '${open.text}' expected: '('`)
  const values = new Set<string>()
  for (;;) {
    if (tokens.peek().type === 'word') values.add(tokens.take().text)
    else values.add('')
    const next = tokens.take()
    if (next.text === ')') return [...values].sort()
    if (next.text !== ',') throw refusal(next, "',' or ')'", 'unable to parse requirement: ')
  }
}

function refusal({text}: Token, expected: string, prefix = ''): StatusError {
  return new StatusError('BadRequest', `${prefix}found '${text}', expected: ${expected}`)
}

/** The words and symbols of a selector, one at a time. */
class Tokens {
  readonly #tokens: readonly Token[]
  #next = 0

  constructor(text: string) {
    const parts = text.match(/[=!<>]=?|[(),]|[^\s=!<>(),]+/g) ?? []
    this.#tokens = parts.flatMap(split).map((part) => ({type: /^[=!<>(),]/.test(part) ? 'symbol' : 'word', text: part}))
  }

  peek(): Token {
    return this.#tokens[this.#next] ?? END
  }

  take(): Token {
    const token = this.peek()
    this.#next++
    return token
  }

  isAtEnd(): boolean {
    return this.peek() === END
  }
}

/** `>=` and `<=` are no operators: two symbols. */
function split(part: string): readonly string[] {
  return part === '>=' || part === '<=' ? [part.charAt(0), '='] : [part]
}
