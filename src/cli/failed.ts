import {StatusError} from '../api/status-error.js'
import {UserError} from '../base/user-error.js'
import {amongOthers, failureOf, statusText} from './failure.js'

/** Why something was not done to one of several objects. */
export interface Failed {
  readonly type: 'failed'
  /** What is said where it is the only one. */
  readonly text: string
  /** What is said of it together with others. */
  readonly amongOthers: string
}

/** A refusal or what the user can mend; `doing` is the act and file it belongs to. Every other error is thrown on: it is a bug. */
export function failed(error: unknown, doing?: string): Failed {
  if (error instanceof StatusError) return {type: 'failed', text: statusText(error, doing), amongOthers: amongOthers(error, doing)}
  if (error instanceof UserError) return {type: 'failed', text: failureOf(error).text, amongOthers: amongOthers(error)}
  throw error
}

/**
 * What was done, as it comes; what was not is said once all has been tried, together with an error that ended it, and sets the exit code.
 * Source: kubectl `cmdutil.CheckErr`, cli-runtime `ContinueOnErrorVisitor`.
 */
export async function* succeeding<T extends {readonly type: string}>(
  outcomes: AsyncIterable<T | Failed>,
  say: (text: string) => void,
): AsyncIterable<Exclude<T, Failed>> {
  const failures: Failed[] = []
  try {
    for await (const outcome of outcomes) {
      if (isFailed(outcome)) failures.push(outcome)
      else yield outcome as Exclude<T, Failed>
    }
  } catch (error) {
    if (failures.length === 0) throw error
    failures.push(...failuresIn(error))
  } finally {
    for (const {text, amongOthers} of failures) say(failures.length === 1 ? text : amongOthers)
    if (failures.length > 0) process.exitCode = 1
  }
}

function isFailed(outcome: {readonly type: string}): outcome is Failed {
  return outcome.type === 'failed'
}

function failuresIn(error: unknown): readonly Failed[] {
  return error instanceof AggregateError ? error.errors.map((one) => failed(one)) : [failed(error)]
}
