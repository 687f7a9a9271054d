import {UserError} from '../base/user-error.js'
import {BaseCommand} from './base-command.js'

/** What is said instead of doing it. */
export interface NotHere {
  /** Why it makes no sense here, in one sentence. */
  readonly why: string
  /** What to do instead. */
  readonly instead: string
}

/** A verb of kubectl that has nothing to work on here: it says so, whatever it is given, and fails. */
export abstract class NotHereCommand extends BaseCommand {
  static override strict = false
  protected abstract readonly answer: NotHere

  run(): Promise<never> {
    this.parsed = true // or oclif complains: its arguments make no difference
    const {why, instead} = this.answer
    return Promise.reject(new UserError(why, {hint: instead}))
  }
}
