import {unquote} from '../jsonpath/unquote.js'
import {formatOperand} from './format-node.js'
import type {Command, Operand, Pipe} from './node.js'
import {parseNumber} from './parse-number.js'
import type {TokenReader} from './token-reader.js'
import type {Token} from './token.js'
import type {WholeFloat} from './value.js'

const STARTS_COMMAND = new Set<Token['type']>(['bool', 'character', 'dot', 'field', 'identifier', 'number', 'nil', 'raw-string', 'string', 'variable', 'left-paren'])

/** `$x := a b | c`, up to and with its `end`. `context` is what errors call it. */
export function parsePipe(reader: TokenReader, context: string, end: 'close' | 'right-paren'): Pipe {
  const {at} = reader.peekWord()
  const {variables, isAssignment} = parseDeclarations(reader, context)
  const commands: Command[] = []
  for (let token = reader.nextWord(); token.type !== end; token = reader.nextWord()) {
    if (!STARTS_COMMAND.has(token.type)) throw reader.unexpected(token, context)
    reader.reset(reader.mark() - 1)
    commands.push(parseCommand(reader))
  }
  if (commands.length === 0) throw reader.problem(`missing value for ${context}`)
  const idle = commands.findIndex(({operands: [first]}, index) => index > 0 && ['constant', 'dot', 'nil'].includes(first?.type ?? ''))
  if (idle !== -1) throw reader.problem(`non executable command in pipeline stage ${idle + 1}`)
  return {variables, isAssignment, commands, at}
}

function parseDeclarations(reader: TokenReader, context: string): Pick<Pipe, 'variables' | 'isAssignment'> {
  const variables: string[] = []
  for (;;) {
    const mark = reader.mark()
    if (reader.peekWord().type !== 'variable') return {variables, isAssignment: false}
    const {text} = reader.nextWord()
    const {type} = reader.peekWord()
    if (type !== 'declare' && type !== 'assign' && type !== 'comma') {
      reader.reset(mark)
      return {variables, isAssignment: false}
    }
    reader.nextWord()
    variables.push(text)
    if (type !== 'assign') reader.declare(text)
    if (type !== 'comma') return {variables, isAssignment: type === 'assign'}
    if (context !== 'range' || variables.length >= 2) throw reader.problem(`too many declarations in ${context}`)
    if (!['variable', 'close', 'right-paren'].includes(reader.peekWord().type)) throw reader.problem('range can only initialize variables')
  }
}

function parseCommand(reader: TokenReader): Command {
  const {at} = reader.peekWord()
  const operands: Operand[] = []
  for (;;) {
    const operand = parseOperand(reader)
    if (operand !== undefined) operands.push(operand)
    const mark = reader.mark()
    const token = reader.next()
    if (token.type === 'space') continue
    if (token.type === 'close' || token.type === 'right-paren') reader.reset(mark)
    else if (token.type !== 'pipe') throw reader.unexpected(token, 'operand')
    if (operands.length === 0) throw reader.problem('empty command')
    return {operands, at}
  }
}

/** A term and the fields behind it. A chain of fields stands where its second one does: so Go's errors count. */
function parseOperand(reader: TokenReader): Operand | undefined {
  const term = parseTerm(reader)
  const {at, type} = reader.peek()
  if (term === undefined || type !== 'field') return term
  const names: string[] = []
  while (reader.peek().type === 'field') names.push(reader.next().text.slice(1))
  if (term.type === 'field') return {...term, names: [...term.names, ...names], at}
  if (term.type === 'variable') return {...term, names, at}
  if (term.type === 'constant' || term.type === 'nil' || term.type === 'dot') {
    throw reader.problem(`unexpected . after term ${JSON.stringify(formatOperand(term))}`)
  }
  return {type: 'chain', of: term, names, at}
}

function parseTerm(reader: TokenReader): Operand | undefined {
  const token = reader.nextWord()
  const {type, text, at} = token
  switch (type) {
    case 'identifier':
      if (!reader.hasFunction(text)) throw reader.problem(`function ${JSON.stringify(text)} not defined`)
      return {type: 'function', name: text, at}
    case 'dot':
    case 'nil':
      return {type, at}
    case 'variable':
      if (!reader.hasVariable(text)) throw reader.problem(`undefined variable ${JSON.stringify(text)}`)
      return {type, name: text, names: [], at}
    case 'field':
      return {type, names: [text.slice(1)], at}
    case 'bool':
      return {type: 'constant', value: text === 'true', text, isString: false, at}
    case 'number':
      return {type: 'constant', value: numberOf(reader, text), text, isString: false, at}
    case 'character':
      return {type: 'constant', value: characterOf(reader, token), text, isString: false, at}
    case 'string':
    case 'raw-string':
      return {type: 'constant', value: textOf(reader, token), text, isString: true, at}
    case 'left-paren':
      return {type: 'pipe', pipe: parsePipe(reader, 'parenthesized pipeline', 'right-paren'), at}
    default:
      reader.reset(reader.mark() - 1)
      return undefined
  }
}

function numberOf(reader: TokenReader, text: string): bigint | number | WholeFloat {
  const value = parseNumber(text)
  if (typeof value === 'string') throw reader.problem(value)
  return value
}

function characterOf(reader: TokenReader, token: Token): bigint {
  const [character = '', ...others] = textOf(reader, token)
  if (others.length > 0) throw reader.problem(`malformed character constant: ${token.text}`)
  return BigInt(character.codePointAt(0) ?? 0)
}

/** What a quoted word says. */
export function textOf(reader: TokenReader, {type, text}: Token): string {
  if (type === 'raw-string') return text.slice(1, -1)
  try {
    return unquote(text)
  } catch {
    throw reader.problem('invalid syntax') // all that Go says of it
  }
}
