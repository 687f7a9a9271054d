import {UserError} from '../../base/user-error.js'
import {TopicCommand} from '../../cli/topic-command.js'

export default class Rollout extends TopicCommand {
  static override summary = 'Roll Deployments out: status, restart, pause, resume, undo and history.'
  static override examples = ['<%= config.bin %> rollout status deployment/tcp-echo-v1', '<%= config.bin %> rollout undo deployment/tcp-echo-v1']
  static override strict = false

  override async run(): Promise<void> {
    const {argv} = await this.parse(Rollout)
    const [word] = argv as string[]
    if (word !== undefined) throw new UserError(`unknown command "${word}"`, {hint: `See '${this.config.bin} rollout -h' for help and examples`})
    await super.run()
  }
}
