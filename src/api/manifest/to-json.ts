import {isAlias, isScalar, isSeq, type ParsedNode, type YAMLMap} from 'yaml'
import type {Json} from '../object.js'
import {scalarValue} from './scalar-value.js'
import {Unreadable} from './unreadable.js'

/** Objects of the API have some twenty levels; the recursion here and in the YAML library holds more than this. */
const MAX_DEPTH = 500
/** What aliases may add to one document, in nodes and in characters: far above any manifest, far below a bomb. */
const MAX_ALIASED_NODES = 100_000
const MAX_ALIASED_CHARACTERS = 3 * 1024 * 1024

/** A key written twice in one map, at its second place. */
export interface DuplicateKey {
  readonly key: string
  readonly offset: number
}

/**
 * The JSON of a syntax tree, as go-yaml decodes it: aliases expanded, `<<` merged where it stands, keys turned into text.
 * Throws Unreadable for what JSON cannot hold, unknown or recursive anchors, deep nesting and alias bombs.
 */
export function toJson(root: ParsedNode): {readonly value: Json; readonly duplicates: readonly DuplicateKey[]} {
  const duplicates: DuplicateKey[] = []
  const value = convert(root, {anchors: new Map(), open: new Set(), duplicates, aliased: {nodes: 0, characters: 0}, depth: 0, isAliased: false})
  return {value, duplicates}
}

/** What is said of a text that nests deeper than go-yaml reads. */
export function tooDeep(offset: number): Unreadable {
  return new Unreadable('yaml', `exceeded max depth of ${MAX_DEPTH}`, offset)
}

interface Context {
  /** The latest node with each name. */
  readonly anchors: Map<string, ParsedNode>
  /** The anchored nodes being converted: an alias to one of them has no end. */
  readonly open: Set<ParsedNode>
  readonly duplicates: DuplicateKey[]
  readonly aliased: {nodes: number; characters: number}
  readonly depth: number
  readonly isAliased: boolean
}

function convert(node: ParsedNode | null, outer: Context): Json {
  if (node === null) return null
  const context = {...outer, depth: outer.depth + 1}
  const offset = node.range[0]
  if (context.depth > MAX_DEPTH) throw tooDeep(offset)
  if (isAlias(node)) return convertAlias(node.source, offset, context)
  if (context.isAliased) count(node, context)
  const isAnchor = node.anchor !== undefined
  if (node.anchor !== undefined && !context.isAliased) context.anchors.set(node.anchor, node)
  if (isAnchor) context.open.add(node)
  const value = isScalar(node) ? scalarValue(node, offset) : isSeq(node) ? node.items.map((item) => convert(item, context)) : convertMap(node, context)
  if (isAnchor) context.open.delete(node)
  return value
}

function convertAlias(name: string, offset: number, context: Context): Json {
  const target = context.anchors.get(name)
  if (target === undefined) throw new Unreadable('yaml', `unknown anchor '${name}' referenced`, offset)
  if (context.open.has(target)) throw new Unreadable('yaml', `anchor '${name}' value contains itself`, offset)
  return convert(target, {...context, isAliased: true})
}

function count(node: ParsedNode, {aliased}: Context): void {
  aliased.nodes++
  aliased.characters += isScalar(node) ? String(node.value).length : 0
  const isBomb = aliased.nodes > MAX_ALIASED_NODES || aliased.characters > MAX_ALIASED_CHARACTERS
  if (isBomb) throw new Unreadable('yaml', 'document contains excessive aliasing', node.range[0])
}

/** Object.fromEntries makes every key a property of the object itself, `__proto__` too. */
function convertMap(map: YAMLMap.Parsed, context: Context): Json {
  const entries = new Map<string, Json>()
  const written = new Set<string>()
  for (const {key: keyNode, value: valueNode} of map.items) {
    if (isMerge(keyNode)) {
      for (const [key, value] of mergedEntries(valueNode, context)) entries.set(key, value)
      continue
    }
    const key = convertKey(keyNode, context)
    if (written.has(key) && !context.isAliased) context.duplicates.push({key, offset: keyNode?.range[0] ?? map.range[0]})
    written.add(key)
    entries.set(key, convert(valueNode, context))
  }
  return Object.fromEntries(entries)
}

function isMerge(key: ParsedNode | null): boolean {
  return isScalar(key) && key.value === '<<' && key.type === 'PLAIN' && key.tag === undefined
}

/** Of several maps the earlier ones win. */
function mergedEntries(node: ParsedNode | null, context: Context): readonly (readonly [string, Json])[] {
  const value = convert(node, context)
  const maps = Array.isArray(value) ? value.toReversed() : [value]
  return maps.flatMap((map) => {
    if (typeof map === 'object' && map !== null && !Array.isArray(map)) return Object.entries<Json>(map)
    throw new Unreadable('yaml', 'map merge requires map or sequence of maps as the value', node?.range[0] ?? 0)
  })
}

function convertKey(node: ParsedNode | null, context: Context): string {
  const key = convert(node, context)
  if (typeof key === 'object') throw new Unreadable('json', 'unsupported map key', node?.range[0] ?? 0)
  return String(key)
}
