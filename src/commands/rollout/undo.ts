import {Flags} from '@oclif/core'
import type {KubeObject} from '../../api/object.js'
import {dryRunFlag} from '../../cli/flags/dry-run.js'
import {outputFlags} from '../../cli/flags/output.js'
import {RolloutCommand, workloadFlags} from '../../cli/rollout/rollout-command.js'
import {undoRollouts} from '../../cli/rollout/undo.js'

export default class RolloutUndo extends RolloutCommand {
  static override summary = 'Go back to an earlier revision of a Deployment, StatefulSet or DaemonSet.'
  static override description =
    'The pod template of the revision before the present one, or of --to-revision, is rolled out as a new revision. ' +
    'A Deployment uses its ReplicaSet again, with the pods that has still. With --dry-run=client the template is printed.'
  static override examples = [
    '<%= config.bin %> rollout undo deployment/tcp-echo-v1',
    '<%= config.bin %> rollout undo deployment/tcp-echo-v1 --to-revision=1',
    '<%= config.bin %> rollout undo deployment/tcp-echo-v1 --dry-run=server',
  ]

  static override strict = false
  static override flags = {
    ...workloadFlags,
    ...dryRunFlag,
    'to-revision': Flags.integer({description: 'the revision to go back to; 0: the one before', default: 0}),
    ...outputFlags,
  }

  async run(): Promise<readonly KubeObject[]> {
    const {flags, argv} = await this.parse(RolloutUndo)
    const session = await this.session()
    const dryRun = flags['dry-run']
    const changes = undoRollouts(this.selected(flags, argv as string[], session), {toRevision: flags['to-revision'], dryRun}, session.resources)
    return this.print(changes, flags, {dryRun})
  }
}
