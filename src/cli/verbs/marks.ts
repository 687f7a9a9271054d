import type {KubeObject} from '../../api/object.js'
import {labelValue} from '../../api/names.js'
import {UserError} from '../../base/user-error.js'

/** Labels or annotations: what `label` and `annotate` change. */
export type MarkKind = 'label' | 'annotation'

/** A change as the command line says it: `key=value` sets, `key-` removes. */
export interface MarkChange {
  readonly kind: MarkKind
  readonly set: Readonly<Record<string, string>>
  readonly remove: readonly string[]
}

/** Splits `TYPE NAME key=value key-` into what comes before the first change and the changes (kubectl `GetResourcesAndPairs`). */
export function splitMarkArguments(words: readonly string[], kind: MarkKind): {targets: readonly string[]; changes: readonly string[]} {
  const isChange = (word: string) => (word.includes('=') && !word.startsWith('=')) || (word.endsWith('-') && word !== '-')
  const first = words.findIndex(isChange)
  if (first === -1) return {targets: words, changes: []}
  const stray = words.slice(first).find((word) => !isChange(word))
  if (stray !== undefined) throw new UserError(`all resources must be specified before ${kind} changes: ${stray}`)
  return {targets: words.slice(0, first), changes: words.slice(first)}
}

/** Throws a UserError in kubectl's words for what is no change, and for a key that is both set and removed. */
export function parseMarkChange(changes: readonly string[], kind: MarkKind): MarkChange {
  const pairs = changes.filter((word) => word.includes('=')).map((word) => parsePair(word, kind))
  const remove = changes.filter((word) => !word.includes('=')).map((word) => word.slice(0, -1))
  const set = Object.fromEntries(pairs)
  const both = remove.filter((key) => Object.hasOwn(set, key))
  if (both.length === 0) return {kind, set, remove}
  throw new UserError(
    kind === 'label'
      ? 'can not both modify and remove a label in the same command'
      : `can not both modify and remove the following annotation(s) in the same command: ${both.join(', ')}`,
  )
}

function parsePair(word: string, kind: MarkKind): readonly [string, string] {
  const at = word.indexOf('=')
  const [key, value] = [word.slice(0, at), word.slice(at + 1)]
  if (kind === 'annotation') return [key, value]
  if (value.includes('=')) throw new UserError(`invalid label spec: ${word}`)
  const problems = labelValue(value)
  if (problems.length > 0) throw new UserError(`invalid label value: ${JSON.stringify(word)}: ${problems.join(';')}`)
  return [key, value]
}

/** The labels, or the annotations, of an object. */
export function marksOf({metadata}: KubeObject, kind: MarkKind): Readonly<Record<string, string>> {
  return (kind === 'label' ? metadata.labels : metadata.annotations) ?? {}
}

/** The object with its marks changed; throws a UserError where one would get another value without `overwrite`. */
export function remark<T extends KubeObject>(object: T, {kind, set, remove}: MarkChange, overwrite: boolean): T {
  const present = marksOf(object, kind)
  const taken = Object.entries(set).filter(([key, value]) => Object.hasOwn(present, key) && (kind === 'annotation' || present[key] !== value))
  const refused = taken.filter(([key, value]) => present[key] !== value)
  if (!overwrite && refused.length > 0) throw alreadyThere(refused.map(([key]) => `'${key}' already has a value (${present[key]})`), kind)
  const next = Object.fromEntries(Object.entries({...present, ...set}).filter(([key]) => !remove.includes(key)))
  const field = kind === 'label' ? 'labels' : 'annotations'
  const {[field]: _, ...metadata} = object.metadata
  return {...object, metadata: Object.keys(next).length === 0 ? metadata : {...metadata, [field]: next}}
}

function alreadyThere(texts: readonly string[], kind: MarkKind): UserError {
  if (kind === 'annotation') return new UserError(`--overwrite is false but found the following declared annotation(s): ${texts.join('; ')}`)
  const all = texts.map((text) => `${text}, and --overwrite is false`)
  return new UserError(all.length === 1 ? `${all[0]}` : `[${all.join(', ')}]`)
}

/** kubectl's word for what happened. A shorter object was `unlabeled`, unless overwriting was allowed. */
export function markOperation(kind: MarkKind, before: KubeObject, after: KubeObject, overwrite: boolean): string {
  if (kind === 'annotation') return 'annotated'
  const [old, next] = [JSON.stringify(marksOf(before, kind)), JSON.stringify(marksOf(after, kind))]
  if (old === next) return 'not labeled'
  return !overwrite && next.length < old.length ? 'unlabeled' : 'labeled'
}
