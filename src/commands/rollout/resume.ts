import type {KubeObject} from '../../api/object.js'
import {resume} from '../../cli/rollout/edits.js'
import {RolloutCommand, rolloutChangeFlags} from '../../cli/rollout/rollout-command.js'

export default class RolloutResume extends RolloutCommand {
  static override summary = 'Go on with the rollout of a paused Deployment.'
  static override description = 'All changes of the pod template since the pause are rolled out together.'
  static override examples = ['<%= config.bin %> rollout resume deployment/tcp-echo-v1', '<%= config.bin %> rollout resume deployment -l app=tcp-echo']
  static override strict = false
  static override flags = rolloutChangeFlags

  async run(): Promise<readonly KubeObject[]> {
    const {flags, argv} = await this.parse(RolloutResume)
    return this.change(flags, argv as string[], {edit: resume, operation: 'resumed'})
  }
}
