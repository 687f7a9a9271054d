import {BaseCommand} from '../../cli/base-command.js'
import {readContexts} from '../../cli/context/context-file.js'
import {UserError} from '../../base/user-error.js'

export default class ConfigCurrentContext extends BaseCommand {
  static override summary = 'Print the name of the current context.'
  static override examples = ['<%= config.bin %> config current-context']
  static override strict = false // words are taken and mean nothing, as with kubectl

  async run(): Promise<string> {
    await this.parse(ConfigCurrentContext)
    const {current} = readContexts()
    if (current === '') throw new UserError('current-context is not set')
    this.out(`${current}\n`)
    return current
  }
}
