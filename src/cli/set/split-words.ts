import {UserError} from '../../base/user-error.js'

export interface SplitWords {
  /** `TYPE NAME`, `TYPE/NAME` … */
  readonly targets: readonly string[]
  readonly changes: readonly string[]
}

/** Splits a command line where the changes begin. Throws a UserError for a target behind a change. Source: kubectl `GetResourcesAndPairs`. */
export function splitWords(words: readonly string[], isChange: (word: string) => boolean, noun: string): SplitWords {
  const first = words.findIndex(isChange)
  if (first === -1) return {targets: words, changes: []}
  const changes = words.slice(first)
  const stray = changes.find((word) => !isChange(word))
  if (stray !== undefined) throw new UserError(`all resources must be specified before ${noun} changes: ${stray}`)
  return {targets: words.slice(0, first), changes}
}
