import {UserError} from '../../base/user-error.js'
import type {Observation} from '../../probe/observation.js'
import {captureOf, firstWord} from '../../tally/answer.js'

/** Who answered an observation; undefined where that cannot be told. */
export type AnswerOfObservation = (observation: Pick<Observation, 'reply' | 'peer'>) => string | undefined

/** What `--by` says of how to tell answers apart; by the gateway's own counts the replies do not matter. Throws a UserError with exit code 2. */
export function answerBy(how: string): AnswerOfObservation {
  if (how === 'peer') return ({peer}) => peer
  if (how === 'prefix' || how === 'gateway') return ({reply}) => firstWord(reply)
  if (how.startsWith('regex:')) {
    const capture = captureOf(parsePattern(how.slice('regex:'.length)))
    return ({reply}) => capture(reply)
  }
  throw new UserError(`cannot tell answers apart by "${how}"`, {hint: 'write prefix, regex:PATTERN, peer or gateway', exitCode: 2})
}

/** A pattern the user typed. Throws a UserError with exit code 2. */
export function parsePattern(text: string): RegExp {
  try {
    return new RegExp(text)
  } catch (error) {
    throw new UserError(`cannot read the pattern: ${(error as Error).message}`, {exitCode: 2})
  }
}
