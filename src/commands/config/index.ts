import {UserError} from '../../base/user-error.js'
import {TopicCommand} from '../../cli/topic-command.js'

export default class Config extends TopicCommand {
  static override summary = 'Show and change contexts: which cluster, which namespace.'
  static override examples = ['<%= config.bin %> config set-context --current --namespace=demo']
  static override strict = false

  override async run(): Promise<void> {
    const {argv} = await this.parse(Config)
    const [word] = argv as string[]
    if (word !== undefined) throw new UserError(`unknown command "${word}"`, {hint: `See '${this.config.bin} config -h' for help and examples`})
    await super.run()
  }
}
