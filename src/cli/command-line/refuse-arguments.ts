import {UserError} from '../../base/user-error.js'

/** For verbs that take none. Throws a UserError in kubectl's words: `Unexpected args` of those that take files. */
export function refuseArguments(words: readonly string[], verb: string, {saying = 'unexpected arguments', exitCode = 1} = {}): void {
  if (words.length === 0) return
  throw new UserError(`${saying}: [${words.join(' ')}]`, {hint: `See 'tshift ${verb} -h' for help and examples`, exitCode})
}
