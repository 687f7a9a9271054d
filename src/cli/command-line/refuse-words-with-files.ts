import {existsSync} from 'node:fs'
import {UserError} from '../../base/user-error.js'

/** What is no path of its own: stdin, URLs, kustomizations and patterns. */
const NO_PATH = /^-$|^https?:|^kustomization:|[*?[]/

/**
 * Names of resources and files do not go together; that a file is not there is said first. Throws a UserError in kubectl's words. Source: cli-runtime
 * `resource.Builder.visitByPaths`.
 */
export function refuseWordsWithFiles(words: readonly string[], filenames: readonly string[]): void {
  const [first] = words
  if (first === undefined) return
  const missing = filenames.find((filename) => !NO_PATH.test(filename) && !existsSync(filename))
  if (missing !== undefined) throw new UserError(`the path "${missing}" does not exist`)
  if (first.includes('/')) throw new UserError('resource/name arguments cannot be provided when a path is specified')
  throw new UserError('when paths, URLs, or stdin is provided as input, you may not specify resource arguments as well')
}
