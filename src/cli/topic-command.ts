import {UserError} from '../base/user-error.js'
import {BaseCommand} from './base-command.js'
import {showHelp} from './show-help.js'

/**
 * A word that needs another behind it, as `create secret` does: prints what there is and fails, as kubectl does. Throws a UserError for another word
 * than those there are, unless it takes any, and for flags. Source: kubectl `cmdutil.DefaultSubCommandRun`.
 */
export abstract class TopicCommand extends BaseCommand {
  static override strict = false
  /** Whether a word that means nothing is answered as no word is, and is no failure: kubectl has verbs that look at none. */
  protected readonly takesAnyWord: boolean = false

  async run(): Promise<void> {
    const {id = ''} = this
    const {argv} = await this.parse({flags: this.ctor.flags, strict: false})
    if (argv.length > 0 && !this.takesAnyWord) throw new UserError(`unknown command "${argv.join(' ')}"`, {hint: `See 'tshift ${id.replaceAll(':', ' ')} -h' for help and examples`})
    await showHelp(this.config, id)
    if (!this.takesAnyWord) process.exitCode = 1
  }
}
