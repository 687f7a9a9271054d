import {isJsonObject, type Json} from '../../api/object.js'
import {sortedKeys} from '../byte-order.js'
import {formatGoValue, goTypeOf} from '../go-print.js'
import {compare} from './compare.js'
import type {Node, Slice, Template} from './node.js'

type Values = readonly Json[]

/**
 * What each part of a template finds in `data`, a list per part, ranges unrolled. Missing keys find nothing.
 * Throws an Error with kubectl's words, e.g. for an index out of bounds. Source: client-go `util/jsonpath/jsonpath.go`.
 */
export function evaluate(template: Template, data: Json, {allowsMissingKeys = true}: EvaluateOptions = {}): readonly Values[] {
  const results: Values[] = []
  runBlock(template, {at: 0, data, depth: 0, allowsMissingKeys, emit: (values) => results.push(values)})
  return results
}

export interface EvaluateOptions {
  /** False: a field that nothing has is an error. */
  readonly allowsMissingKeys?: boolean
}

interface Block {
  readonly at: number
  readonly data: Json
  /** How many ranges surround this block. */
  readonly depth: number
  readonly allowsMissingKeys: boolean
  emit(values: Values): void
}

/** Runs the parts from `at` to the `{end}` of this block, or to the end of the template; returns the place of the last part run. */
function runBlock(template: Template, block: Block): number {
  for (let at = block.at; at < template.length; at++) {
    const nodes = template[at] ?? []
    const values = walk(nodes, [block.data], block.allowsMissingKeys)
    if (has(nodes, 'end')) {
      if (block.depth === 0) throw new Error('not in range, nothing to end')
      return at
    }
    if (has(nodes, 'range')) at = runRange(template, {...block, at: at + 1}, values)
    else block.emit(values)
  }
  return template.length
}

function runRange(template: Template, block: Block, values: Values): number {
  const depth = block.depth + 1
  // Without values the body still runs once, unheard, to find its end.
  if (values.length === 0) return runBlock(template, {...block, depth, data: null, emit: () => undefined})
  return values.map((data) => runBlock(template, {...block, depth, data})).at(-1) ?? block.at
}

function has(nodes: readonly Node[], name: string): boolean {
  return nodes.some((node) => node.type === 'identifier' && node.name === name)
}

function walk(nodes: readonly Node[], input: Values, allowsMissingKeys = true): Values {
  return nodes.reduce((values, node) => {
    const found = step(node, values)
    if (!allowsMissingKeys && node.type === 'field' && found.length === 0) throw new Error(`${node.name} is not found`)
    return found
  }, input)
}

function step(node: Node, input: Values): Values {
  switch (node.type) {
    case 'text':
      return [node.text]
    case 'literal':
      return input.map(() => node.value)
    case 'field':
      return input.flatMap((value) => field(value, node.name))
    case 'wildcard':
      return input.flatMap(children)
    case 'recursive':
      return descend(input)
    case 'slice':
      return input.flatMap((value) => cut(value, node.slice))
    case 'union':
      return node.paths.flatMap((path) => walk(path, input))
    case 'filter':
      return input.flatMap((value) => items(value).filter((item) => passes(node, item)))
    case 'identifier':
      if (node.name !== 'range' && node.name !== 'end') throw new Error(`unrecognized identifier ${node.name}`)
      return input
  }
}

function field(value: Json, name: string): Values {
  const found = isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined
  return found === undefined ? [] : [found]
}

function children(value: Json): Values {
  if (Array.isArray(value)) return value
  return isJsonObject(value) ? sortedKeys(value).map((key) => value[key] ?? null) : []
}

/** Every value with something inside, each before what is in it. */
function descend(input: Values): Values {
  return input.flatMap((value) => {
    const inner = children(value)
    const isEmpty = inner.length === 0 && (typeof value !== 'string' || value === '')
    return isEmpty ? [] : [value, ...descend(inner)]
  })
}

function cut(value: Json, slice: Slice): Values {
  if (value === null) return []
  if (!Array.isArray(value)) throw new Error(`${goTypeOf(value)} is not array or slice`)
  const {length} = value
  const start = fromEnd(slice.start ?? 0, length)
  const end = sliceEnd(slice, length)
  if (start === end) return []
  if (start >= length || start < 0) throw outOfBounds(start, length)
  if (end > length || end < 0) throw outOfBounds(end - 1, length)
  if (start > end) throw new Error(`starting index ${start} is greater than ending index ${end}`)
  const {step = 1} = slice
  if (step <= 0) throw new Error('step must be > 0')
  return value.slice(start, end).filter((_, index) => index % step === 0)
}

function sliceEnd({start = 0, end, isIndex}: Slice, length: number): number {
  if (!isIndex) return fromEnd(end ?? length, length)
  return start + 1 <= 0 ? start + 1 + length : start + 1
}

function fromEnd(index: number, length: number): number {
  return index < 0 ? index + length : index
}

function outOfBounds(index: number, length: number): Error {
  return new Error(`array index out of bounds: index ${index}, length ${length}`)
}

function items(value: Json): Values {
  if (!Array.isArray(value)) throw new Error(`${formatGoValue(value)} is not array or slice and cannot be filtered`)
  return value
}

function passes(filter: Node & {type: 'filter'}, item: Json): boolean {
  const [left, ...moreLeft] = walk(filter.left, [item])
  if (filter.operator === 'exists') return left !== undefined
  if (left === undefined) return false
  const [right, ...moreRight] = walk(filter.right, [item])
  if (moreLeft.length + moreRight.length > 0) throw new Error('can only compare one element at a time')
  return right !== undefined && compare(left, filter.operator, right)
}
