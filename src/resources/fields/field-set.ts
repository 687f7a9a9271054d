/**
 * A set of fields as `metadata.managedFields[].fieldsV1` writes it: a tree of path elements (`f:name`, `k:{"name":"a"}`, `v:"x"`). A node without
 * children is a member; one with children is a member too if it has `.`.
 */
export interface FieldSet {
  readonly [element: string]: FieldSet
}

export const NO_FIELDS: FieldSet = Object.freeze({})

const SELF = '.'

export function isEmptySet(set: FieldSet): boolean {
  for (const _ in set) return false
  return true
}

/** Both sets' members. Here `{}` is the empty set, as it is in the two functions below. */
export function union(a: FieldSet, b: FieldSet): FieldSet {
  if (isEmptySet(a)) return b
  return isEmptySet(b) ? a : unite(a, b)
}

/** As `union`, for nodes that are members where they are empty. */
function unite(a: FieldSet, b: FieldSet): FieldSet {
  const result: Record<string, FieldSet> = {}
  if (isMember(a) || isMember(b)) result[SELF] = NO_FIELDS
  for (const key in a) if (key !== SELF) result[key] = b[key] === undefined ? (a[key] ?? NO_FIELDS) : unite(a[key] ?? NO_FIELDS, b[key])
  for (const key in b) if (key !== SELF && a[key] === undefined) result[key] = b[key] ?? NO_FIELDS
  return leaf(result)
}

/** The members of `a` that are none of `b`. */
export function minus(a: FieldSet, b: FieldSet): FieldSet {
  return keepWhere(a, b, (inB) => !inB)
}

/** The members of both. */
export function intersect(a: FieldSet, b: FieldSet): FieldSet {
  return keepWhere(a, b, (inB) => inB)
}

function keepWhere(a: FieldSet, b: FieldSet, keep: (inB: boolean) => boolean): FieldSet {
  const result: Record<string, FieldSet> = {}
  for (const key in a) {
    const node = a[key]
    if (node === undefined || key === SELF) continue
    const kept = keepNode(node, b[key], keep)
    if (kept !== undefined) result[key] = kept
  }
  return result
}

function keepNode(node: FieldSet, other: FieldSet | undefined, keep: (inB: boolean) => boolean): FieldSet | undefined {
  if (other === undefined) return keep(false) ? node : undefined
  const children = keepWhere(node, other, keep)
  const stays = isMember(node) && keep(isMember(other))
  if (isEmptySet(children)) return stays ? NO_FIELDS : undefined
  return stays ? {[SELF]: NO_FIELDS, ...children} : children
}

/** A node of a tree, not the tree: an empty one is a leaf. */
function isMember(node: FieldSet): boolean {
  return SELF in node || isEmptySet(node)
}

function leaf(node: Record<string, FieldSet>): FieldSet {
  const keys = Object.keys(node)
  return keys.length === 1 && keys[0] === SELF ? NO_FIELDS : node
}

/** The set with every field above a member as a member too (structured-merge-diff `EnsureNamedFieldsAreMembers`). */
export function withParents(set: FieldSet): FieldSet {
  return Object.fromEntries(
    Object.entries(set).map(([key, node]) => [key, isEmptySet(node) ? node : {[SELF]: NO_FIELDS, ...withParents(node)}]),
  )
}

/** Every member as a path of elements, parents first. */
function* members(set: FieldSet, above: readonly string[] = []): Iterable<readonly string[]> {
  for (const key in set) {
    const node = set[key]
    if (key === SELF || node === undefined) continue
    const path = [...above, key]
    if (isMember(node)) yield path
    yield* members(node, path)
  }
}

/** The members as the API server prints them: `.spec.ports[port=9000,protocol="TCP"].name`. Source: structured-merge-diff `fieldpath.Path.String`. */
export function printPaths(set: FieldSet): readonly string[] {
  return [...members(set)].map((path) => path.map(printElement).join(''))
}

function printElement(element: string): string {
  const text = element.slice(2)
  if (element.startsWith('f:')) return `.${text}`
  if (element.startsWith('v:')) return `[=${text}]`
  const keys = Object.entries(JSON.parse(text) as Record<string, unknown>)
  return `[${keys.map(([name, value]) => `${name}=${JSON.stringify(value)}`).join(',')}]`
}

/** The set with its elements in the order the API server writes them. */
export function sorted(set: FieldSet): FieldSet {
  return Object.fromEntries(Object.keys(set).sort().map((key) => [key, sorted(set[key] ?? NO_FIELDS)]))
}
