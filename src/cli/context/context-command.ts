import {UserError} from '../../base/user-error.js'
import {BaseCommand} from '../base-command.js'
import {showHelp} from '../show-help.js'

/** A verb below `config` that takes so many words and no others. Source: kubectl `pkg/cmd/config`, `helpErrorf`. */
export abstract class ContextCommand extends BaseCommand {
  /** Prints the help and throws kubectl's UserError. */
  protected async refuseWords(words: readonly unknown[]): Promise<never> {
    await this.showOwnHelp()
    throw new UserError(`Unexpected args: [${words.join(' ')}]`)
  }

  protected async showOwnHelp(): Promise<void> {
    await showHelp(this.config, this.id ?? '')
  }
}
