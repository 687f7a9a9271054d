import {lex} from './lexer.js'
import type {Node, Pipe, Templates} from './node.js'
import {parsePipe, textOf} from './parse-pipe.js'
import {TokenReader} from './token-reader.js'
import type {Token} from './token.js'

/** The name Go's errors give to what kubectl parses. */
export const ROOT = 'output'

/** Where a list of nodes ended. */
type Ending = {readonly type: 'end'; readonly token: Token} | {readonly type: 'else'; readonly token: Token}

/**
 * A template and those it defines. `functions` are the names that can be called.
 * Throws an Error in Go's words, e.g. `template: output:1: unclosed action`. Source: Go `text/template/parse/parse.go`.
 */
export function parseTemplates(text: string, functions: ReadonlySet<string>): Templates {
  const reader = new TokenReader(lex(text), ROOT, functions)
  const templates = new Map<string, readonly Node[]>()
  const nodes: Node[] = []
  const parser: Parser = {reader, define: (name, body) => define(parser, templates, name, body)}
  while (reader.peek().type !== 'end') {
    if (startsDefinition(reader)) parseDefinition(parser)
    else nodes.push(...parseRootNode(parser))
  }
  define(parser, templates, ROOT, nodes)
  return templates
}

interface Parser {
  readonly reader: TokenReader
  define(name: string, body: readonly Node[]): void
}

/** An empty body neither replaces a template nor stands in the way of another of its name. */
function define({reader}: Parser, templates: Map<string, readonly Node[]>, name: string, body: readonly Node[]): void {
  const previous = templates.get(name)
  if (previous !== undefined && !isEmpty(previous) && !isEmpty(body)) throw reader.problem(`template: multiple definition of template ${JSON.stringify(name)}`)
  if (previous === undefined || isEmpty(previous)) templates.set(name, body)
}

function isEmpty(nodes: readonly Node[]): boolean {
  return nodes.every((node) => node.type === 'text' && node.text.trim() === '')
}

function startsDefinition(reader: TokenReader): boolean {
  const mark = reader.mark()
  const isDefinition = reader.next().type === 'open' && reader.nextWord().text === 'define'
  reader.reset(mark)
  return isDefinition
}

function parseDefinition(parser: Parser): void {
  const {reader} = parser
  reader.next()
  reader.nextWord()
  const name = templateName(reader, 'define clause')
  reader.expect('close', 'define clause')
  const {nodes, ending} = reader.inScope(true, () => parseNodes(parser))
  if (ending.type !== 'end') throw reader.problem('unexpected {{else}} in define clause')
  parser.define(name, nodes)
}

function parseRootNode(parser: Parser): readonly Node[] {
  const found = parseNode(parser)
  if (found.type === 'end' || found.type === 'else') throw parser.reader.problem(`unexpected {{${found.type}}}`)
  return [found]
}

function parseNodes(parser: Parser): {nodes: readonly Node[]; ending: Ending} {
  const nodes: Node[] = []
  while (parser.reader.peekWord().type !== 'end') {
    const found = parseNode(parser)
    if (found.type === 'end' || found.type === 'else') return {nodes, ending: found}
    nodes.push(found)
  }
  throw parser.reader.problem('unexpected EOF')
}

function parseNode(parser: Parser): Node | Ending {
  const {reader} = parser
  const token = reader.nextWord()
  if (token.type === 'text') return {type: 'text', text: token.text, at: token.at}
  if (token.type !== 'open') throw reader.unexpected(token, 'input')
  const mark = reader.mark()
  const word = reader.nextWord()
  reader.actionLine = word.line
  if (word.type === 'keyword') {
    const statement = parseStatement(parser, word)
    if (statement !== undefined) return statement
  }
  reader.reset(mark)
  const at = reader.peekWord().at
  return {type: 'action', pipe: parsePipe(reader, 'command', 'close'), at}
}

/** Undefined for a keyword that cannot stand here. */
function parseStatement(parser: Parser, word: Token): Node | Ending | undefined {
  const {reader} = parser
  switch (word.text) {
    case 'if':
    case 'with':
    case 'range':
      return parseControl(parser, word.text, word.at)
    case 'end':
      reader.expect('close', 'end')
      return {type: 'end', token: word}
    case 'else':
      return parseElse(reader, word)
    case 'template':
      return parseTemplateCall(reader, word.at)
    case 'block':
      return parseBlock(parser, word.at)
    case 'break':
    case 'continue':
      return parseJump(reader, word.text, word.at)
    default:
      return undefined
  }
}

/** `{{else if …}}` is the else of one and the beginning of the other. */
function parseElse(reader: TokenReader, word: Token): Ending {
  const next = reader.peekWord()
  if (next.text !== 'if' && next.text !== 'with') reader.expect('close', 'else')
  return {type: 'else', token: word}
}

function parseControl(parser: Parser, type: 'if' | 'with' | 'range', at: number): Node {
  const {reader} = parser
  return reader.inScope(false, () => {
    const pipe = parsePipe(reader, type, 'close')
    if (type === 'range') reader.rangeDepth++
    const {nodes: body, ending} = parseNodes(parser)
    if (type === 'range') reader.rangeDepth--
    return {type, pipe, body, otherwise: ending.type === 'end' ? [] : parseOtherwise(parser, type), at}
  })
}

function parseOtherwise(parser: Parser, type: 'if' | 'with' | 'range'): readonly Node[] {
  const {reader} = parser
  const next = reader.peekWord()
  if (type !== 'range' && next.type === 'keyword' && next.text === type) {
    reader.nextWord()
    return [parseControl(parser, type, next.at)]
  }
  const {nodes, ending} = parseNodes(parser)
  if (ending.type !== 'end') throw reader.problem('expected end; found {{else}}')
  return nodes
}

function parseTemplateCall(reader: TokenReader, at: number): Node {
  const name = templateName(reader, 'template clause')
  return {type: 'template', name, pipe: optionalPipe(reader), at}
}

function optionalPipe(reader: TokenReader): Pipe | undefined {
  if (reader.peekWord().type === 'close') {
    reader.nextWord()
    return undefined
  }
  return parsePipe(reader, 'template clause', 'close')
}

/** A definition and its use in one. */
function parseBlock(parser: Parser, at: number): Node {
  const {reader} = parser
  const name = templateName(reader, 'block clause')
  const pipe = parsePipe(reader, 'block clause', 'close')
  const {nodes, ending} = reader.inScope(true, () => parseNodes(parser))
  if (ending.type !== 'end') throw reader.problem('unexpected {{else}} in block clause')
  parser.define(name, nodes)
  return {type: 'template', name, pipe, at}
}

function parseJump(reader: TokenReader, type: 'break' | 'continue', at: number): Node {
  reader.expect('close', `{{${type}}}`)
  if (reader.rangeDepth === 0) throw reader.problem(`{{${type}}} outside {{range}}`)
  return {type, at}
}

function templateName(reader: TokenReader, context: string): string {
  const token = reader.nextWord()
  if (token.type !== 'string' && token.type !== 'raw-string') throw reader.unexpected(token, context)
  return textOf(reader, token)
}
