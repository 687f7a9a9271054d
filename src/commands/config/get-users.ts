import {BaseCommand} from '../../cli/base-command.js'
import {CLUSTER} from '../../cli/context/contexts.js'

export default class ConfigGetUsers extends BaseCommand {
  static override summary = 'List the users: the one there is.'
  static override examples = ['<%= config.bin %> config get-users']
  static override strict = false // words are taken and mean nothing, as with kubectl

  async run(): Promise<readonly string[]> {
    await this.parse(ConfigGetUsers)
    this.out(`NAME\n${CLUSTER}\n`)
    return [CLUSTER]
  }
}
