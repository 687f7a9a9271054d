import {UserError} from '../base/user-error.js'
import {BaseCommand} from './base-command.js'

/** What is said instead of doing it. */
export interface NotHere {
  /** Why it makes no sense here, in one sentence. */
  readonly why: string
  /** What to do instead. */
  readonly instead: string
}

/** A verb of kubectl that has nothing to work on here: it refuses what kubectl refuses, says so, and fails. */
export abstract class NotHereCommand extends BaseCommand {
  static override strict = false
  protected abstract readonly answer: NotHere

  async run(): Promise<void> {
    this.parsed = true // or oclif complains: its flags make no difference
    await this.requireSense(this.words())
    const {why, instead} = this.answer
    throw new UserError(why, {hint: instead})
  }

  /** Throws what kubectl says of words that make no sense anywhere; undefined where flags come first, which are not looked at. */
  protected requireSense(_words: readonly string[] | undefined): Promise<void> {
    return Promise.resolve()
  }

  private words(): readonly string[] | undefined {
    const flag = this.argv.findIndex((word) => word.startsWith('-'))
    return flag === 0 ? undefined : this.argv.slice(0, flag === -1 ? undefined : flag)
  }
}
