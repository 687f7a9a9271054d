import {isMap, isScalar, isSeq, type ParsedNode} from 'yaml'

/** The offset of the key or list item at `path` below `root`, or of the deepest one on the way there that is written. */
export function locate(root: ParsedNode, path: readonly (string | number)[]): number {
  let node: ParsedNode | null = root
  let offset = root.range[0]
  for (const part of path) {
    const next = childOf(node, part)
    if (next === undefined) break
    node = next.node
    offset = next.offset
  }
  return offset
}

interface Child {
  readonly node: ParsedNode | null
  readonly offset: number
}

function childOf(node: ParsedNode | null, part: string | number): Child | undefined {
  if (isSeq(node)) {
    const item = typeof part === 'number' ? node.items[part] : undefined
    return item === undefined ? undefined : {node: item, offset: item.range[0]}
  }
  if (!isMap(node)) return undefined
  const pair = node.items.find(({key}) => isScalar(key) && String(key.value) === String(part))
  return pair?.key == null ? undefined : {node: pair.value, offset: pair.key.range[0]}
}
