import {UserError} from '../../base/user-error.js'
import {captureOf, firstWord, type AnswerOf} from '../../tally/answer.js'

/** What `--by` says of how to tell answers apart; by the gateway's own counts the replies do not matter. Throws a UserError with exit code 2. */
export function answerBy(how: string): AnswerOf {
  if (how === 'prefix' || how === 'gateway') return firstWord
  if (how.startsWith('regex:')) return captureOf(parsePattern(how.slice('regex:'.length)))
  throw new UserError(`cannot tell answers apart by "${how}"`, {hint: 'write prefix, regex:PATTERN or gateway', exitCode: 2})
}

/** A pattern the user typed. Throws a UserError with exit code 2. */
export function parsePattern(text: string): RegExp {
  try {
    return new RegExp(text)
  } catch (error) {
    throw new UserError(`cannot read the pattern: ${(error as Error).message}`, {exitCode: 2})
  }
}
