import {sortedKeys} from '../byte-order.js'
import {evaluatePipe} from './evaluate-pipe.js'
import {ExecutionError, failAt, setVariable, type Execution} from './execution.js'
import {formatPipe, lastPlace} from './format-node.js'
import type {Node, Pipe, Templates} from './node.js'
import {ROOT} from './parser.js'
import {formatValue, isInteger, isList, isMap, isTrue, numberOf, type Value} from './value.js'

/** Deeper nesting of template calls is taken for endless. */
const MAX_DEPTH = 1000

export interface ExecuteOptions {
  readonly text: string
  readonly dot: Value
  readonly allowsMissingKeys: boolean
}

/** Runs the root template on a value. Where it fails, `problem` says why in Go's words; what was written until then is kept. */
export function execute(templates: Templates, {text, dot, allowsMissingKeys}: ExecuteOptions): {printed: string; problem?: string} {
  const run: Execution = {templates, text, allowsMissingKeys, name: ROOT, depth: 0, written: [], variables: [{name: '$', value: dot}]}
  try {
    walkAll(run, dot, templates.get(ROOT) ?? [])
    return {printed: run.written.join('')}
  } catch (error) {
    if (!(error instanceof ExecutionError)) throw error
    return {printed: run.written.join(''), problem: error.message}
  }
}

type Jump = 'break' | 'continue' | undefined

function walkAll(run: Execution, dot: Value, nodes: readonly Node[]): Jump {
  for (const node of nodes) {
    const jump = walk(run, dot, node)
    if (jump !== undefined) return jump
  }
  return undefined
}

function walk(run: Execution, dot: Value, node: Node): Jump {
  switch (node.type) {
    case 'text':
      run.written.push(node.text)
      return undefined
    case 'action': {
      const value = evaluatePipe(run, dot, node.pipe)
      if (node.pipe.variables.length === 0) run.written.push(printable(value))
      return undefined
    }
    case 'if':
    case 'with':
      return inScope(run, () => walkConditional(run, dot, node))
    case 'range':
      return inScope(run, () => walkRange(run, dot, node))
    case 'template':
      return walkTemplate(run, dot, node)
    case 'break':
    case 'continue':
      return node.type
    default:
      return node satisfies never
  }
}

function printable(value: Value): string {
  return value === undefined || value === null ? '<no value>' : formatValue(value)
}

/** Variables made in `act` end with it. */
function inScope<T>({variables}: Execution, act: () => T): T {
  const count = variables.length
  const result = act()
  variables.length = count
  return result
}

type Control = Node & {type: 'if' | 'with' | 'range'}

function walkConditional(run: Execution, dot: Value, {type, pipe, body, otherwise}: Control): Jump {
  const value = evaluatePipe(run, dot, pipe)
  if (!isTrue(value)) return walkAll(run, dot, otherwise)
  return walkAll(run, type === 'with' ? value : dot, body)
}

function walkRange(run: Execution, dot: Value, {pipe, body, otherwise}: Control): Jump {
  const value = evaluatePipe(run, dot, pipe)
  const pairs = pairsOf(run, value, pipe)
  const makesVariables = !pipe.isAssignment
  for (const [key, item] of pairs) {
    const jump = inScope(run, () => {
      assign(run, pipe, makesVariables, [key, item])
      return walkAll(run, item, body)
    })
    if (jump === 'break') break
  }
  return pairs.length === 0 ? walkAll(run, dot, otherwise) : undefined
}

/** One variable is the element, two are index and element. */
function assign(run: Execution, {variables}: Pipe, makesVariables: boolean, [key, item]: Pair): void {
  const values = variables.length > 1 ? [key, item] : [item]
  variables.forEach((name, index) => {
    if (makesVariables) run.variables.push({name, value: values[index]})
    else setVariable(run, name, values[index])
  })
}

type Pair = readonly [key: Value, item: Value]

/** What `range` goes through: lists, maps by key, and the numbers below one. */
function pairsOf(run: Execution, value: Value, pipe: Pipe): readonly Pair[] {
  if (value === undefined || value === null) return []
  if (isList(value)) return value.map((item, index) => [BigInt(index), item])
  if (isMap(value)) return sortedKeys(value).map((key) => [key, value[key] ?? null])
  const fail = (reason: string) => failAt(run, lastPlace(pipe), reason)
  if (!isInteger(value)) throw fail(`range can't iterate over ${formatValue(value)}`)
  if (pipe.variables.length > 1) throw fail(`can't use ${formatValue(value)} to iterate over more than one variable`)
  return Array.from({length: Math.max(numberOf(value), 0)}, (_, index) => [undefined, BigInt(index)])
}

function walkTemplate(run: Execution, dot: Value, node: Node & {type: 'template'}): undefined {
  const body = run.templates.get(node.name)
  const place = {at: node.at, shown: `{{template ${JSON.stringify(node.name)}${node.pipe === undefined ? '' : ` ${formatPipe(node.pipe)}`}}}`}
  if (body === undefined) throw failAt(run, {...place, at: node.at + 'template '.length}, `template ${JSON.stringify(node.name)} not defined`)
  if (run.depth >= MAX_DEPTH) throw failAt(run, place, `exceeded maximum template depth (${MAX_DEPTH})`)
  const value = node.pipe === undefined ? undefined : evaluatePipe(run, dot, node.pipe)
  walkAll({...run, name: node.name, depth: run.depth + 1, variables: [{name: '$', value}]}, value, body)
  return undefined
}
