import type {KubeObject} from '../api/object.js'
import {fieldManagerFlag} from '../cli/change-command.js'
import {MarkCommand, markFlags} from '../cli/mark-command.js'

export default class Annotate extends MarkCommand {
  static override summary = 'Set or remove annotations.'
  static override description = 'KEY=VALUE sets an annotation, KEY- removes it. An annotation that has another value is changed only with --overwrite.'
  static override examples = [
    "<%= config.bin %> annotate deployment tcp-echo-v1 kubernetes.io/change-cause='image v1.3'",
    '<%= config.bin %> annotate svc --all team=payments -n demo',
    '<%= config.bin %> annotate ns demo team-',
  ]

  static override strict = false
  static override flags = {...markFlags, ...fieldManagerFlag('kubectl-annotate')}

  async run(): Promise<readonly KubeObject[]> {
    const {flags, argv} = await this.parse(Annotate)
    return this.mark('annotation', argv as string[], flags)
  }
}
