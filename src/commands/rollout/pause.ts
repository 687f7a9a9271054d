import type {KubeObject} from '../../api/object.js'
import {pause} from '../../cli/rollout/edits.js'
import {RolloutCommand, rolloutChangeFlags} from '../../cli/rollout/rollout-command.js'

export default class RolloutPause extends RolloutCommand {
  static override summary = 'Hold the rollout of a Deployment.'
  static override description =
    'What changes in the pod template while a Deployment is paused takes effect when it is resumed, as one revision. Pods there are stay, and scaling works.'
  static override examples = ['<%= config.bin %> rollout pause deployment/tcp-echo-v1', '<%= config.bin %> rollout pause deployment -l app=tcp-echo']
  static override strict = false
  static override flags = rolloutChangeFlags

  async run(): Promise<readonly KubeObject[]> {
    const {flags, argv} = await this.parse(RolloutPause)
    return this.change(flags, argv as string[], {edit: pause, operation: 'paused'})
  }
}
