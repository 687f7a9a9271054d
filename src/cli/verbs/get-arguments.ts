import {UserError} from '../../base/user-error.js'
import {refuseWordsWithFiles} from '../command-line/refuse-words-with-files.js'
import {pairTypesWithNames} from '../targets.js'
import {NOTHING_NAMED} from './nothing-named.js'

export interface SelectionFlags {
  readonly filename?: readonly string[] | undefined
  readonly selector?: string | undefined
  readonly 'field-selector'?: string | undefined
  readonly 'all-namespaces'?: boolean
  readonly all?: boolean
}

/**
 * Refuses what does not go together: names with selectors, with `-A` or with files. `words` are the verb's arguments.
 * Throws a UserError in kubectl's words. Source: cli-runtime `resource.Builder`.
 */
export function requireClearSelection(given: readonly string[], flags: SelectionFlags): void {
  const words = pairTypesWithNames(given)
  if (flags.filename !== undefined) return refuseWordsWithFiles(words, flags.filename)
  const problem = withoutFiles(words, flags)
  if (problem !== undefined) throw new UserError(problem)
}

function withoutFiles(words: readonly string[], flags: SelectionFlags): string | undefined {
  const hasSelector = (flags.selector ?? '') !== '' || (flags['field-selector'] ?? '') !== '' || flags.all === true
  const [types = '', ...names] = words
  const isPairs = types.includes('/')
  if (hasSelector && isPairs) return 'selectors and the all flag cannot be used when passing resource/name arguments'
  if (hasSelector && names.length > 0) return 'name cannot be provided when a selector is specified'
  if (flags['all-namespaces'] === true && (isPairs || names.length > 0)) return 'a resource cannot be retrieved by name across all namespaces'
  return undefined
}

/** For verbs that do not take a bare type for all of it. Throws a UserError in kubectl's words. */
export function requireNamesOrSelection(words: readonly string[], flags: SelectionFlags): void {
  if (flags.filename !== undefined) return
  if (words.length === 0) throw new UserError(NOTHING_NAMED)
  const hasSelector = flags.selector !== undefined || flags['field-selector'] !== undefined || flags.all === true
  const isBare = words.length === 1 && words[0]?.includes('/') === false
  if (isBare && !hasSelector) throw new UserError('resource(s) were provided, but no name was specified')
}
