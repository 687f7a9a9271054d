import {loadHelpClass} from '@oclif/core'
import {BaseCommand} from './base-command.js'

/** A word that needs another behind it, as `create secret` does: prints what there is and fails, as kubectl does. */
export abstract class TopicCommand extends BaseCommand {
  static override strict = false

  async run(): Promise<void> {
    const {id = ''} = this
    const Help = await loadHelpClass(this.config)
    await new Help(this.config, this.config.pjson.oclif.helpOptions ?? this.config.pjson.helpOptions).showHelp(id.split(':'))
    process.exitCode = 1
  }
}
