import type {KubeObject} from '../../api/object.js'
import {UserError} from '../../base/user-error.js'

/** A change of labels as the command line says it: `key=value` sets, `key-` removes. */
export interface LabelChange {
  readonly set: Readonly<Record<string, string>>
  readonly remove: readonly string[]
}

/** Splits `TYPE NAME key=value key-` into what comes before the first change and the changes. Throws a UserError for a key set and removed. */
export function splitLabelArguments(words: readonly string[], hasFiles = false): {targets: readonly string[]; change: LabelChange} {
  const isChange = (word: string) => /^[^/=]*(\/[^/=]*)?=/.test(word) || word.endsWith('-')
  const first = words.findIndex((word, index) => (hasFiles || index > 0) && isChange(word))
  const targets = first === -1 ? words : words.slice(0, first)
  const changes = first === -1 ? [] : words.slice(first)
  const set = Object.fromEntries(changes.filter((word) => word.includes('=')).map((word) => [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)]))
  const remove = changes.filter((word) => !word.includes('=')).map((word) => word.slice(0, -1))
  const both = remove.find((key) => key in set)
  if (both !== undefined) throw new UserError(`cannot both set and remove label "${both}" in the same command`)
  if (changes.length === 0) throw new UserError('at least one label update is required')
  return {targets, change: {set, remove}}
}

/** The object with the labels changed; throws a UserError where a label would get another value without `overwrite`. */
export function relabel<T extends KubeObject>(object: T, {set, remove}: LabelChange, overwrite: boolean): T {
  const labels: Record<string, string> = {...object.metadata.labels}
  for (const [key, value] of Object.entries(set)) {
    const present = labels[key]
    if (present !== undefined && present !== value && !overwrite) throw new UserError(`'${key}' already has a value (${present}), and --overwrite is false`)
    labels[key] = value
  }
  for (const key of remove) delete labels[key]
  return {...object, metadata: {...object.metadata, labels}}
}

/** kubectl's word for what happened: `labeled`, `unlabeled` where labels only went, `not labeled` where nothing changed. */
export function labelOperation(changed: boolean, {set, remove}: LabelChange): 'labeled' | 'unlabeled' | 'not labeled' {
  if (!changed) return 'not labeled'
  return Object.keys(set).length === 0 && remove.length > 0 ? 'unlabeled' : 'labeled'
}
