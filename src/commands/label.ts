import type {KubeObject} from '../api/object.js'
import {fieldManagerFlag} from '../cli/change-command.js'
import {MarkCommand, markFlags} from '../cli/mark-command.js'

export default class Label extends MarkCommand {
  static override summary = 'Set or remove labels.'
  static override description = 'KEY=VALUE sets a label, KEY- removes it. A label that has another value is changed only with --overwrite.'
  static override examples = [
    '<%= config.bin %> label namespace demo istio-injection=enabled',
    '<%= config.bin %> label pods -l app=tcp-echo tier=backend',
    '<%= config.bin %> label ns demo istio-injection-',
    '<%= config.bin %> label ns demo --list',
  ]

  static override strict = false
  static override flags = {...markFlags, ...fieldManagerFlag('kubectl-label')}

  async run(): Promise<readonly KubeObject[]> {
    const {flags, argv} = await this.parse(Label)
    return this.mark('label', argv as string[], flags)
  }
}
