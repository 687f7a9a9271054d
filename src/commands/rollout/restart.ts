import type {KubeObject} from '../../api/object.js'
import {restartAt} from '../../cli/rollout/edits.js'
import {RolloutCommand, rolloutChangeFlags} from '../../cli/rollout/rollout-command.js'

export default class RolloutRestart extends RolloutCommand {
  static override summary = 'Replace all pods of a workload, as its update strategy says.'
  static override description =
    'The pod template gets an annotation with the present time, which makes it another one. ' +
    'Through the gateway no connection fails: a pod that goes is sent nothing new, and may finish what it has until its termination grace period is over.'
  static override examples = ['<%= config.bin %> rollout restart deployment/tcp-echo-v1', '<%= config.bin %> rollout restart deployment -l app=tcp-echo']
  static override strict = false
  static override flags = rolloutChangeFlags

  async run(): Promise<readonly KubeObject[]> {
    const {flags, argv} = await this.parse(RolloutRestart)
    return this.change(flags, argv as string[], {edit: restartAt(Date.now()), operation: 'restarted'})
  }
}
