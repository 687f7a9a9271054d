import {UserError} from '../base/user-error.js'

/** For verbs that take none. Throws a UserError in kubectl's words. */
export function refuseArguments(words: readonly string[], verb: string): void {
  if (words.length === 0) return
  throw new UserError(`unexpected arguments: [${words.join(' ')}]`, {hint: `See 'tshift ${verb} -h' for help and examples`})
}
