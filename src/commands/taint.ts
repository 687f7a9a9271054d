import {nodeType} from '../api/kinds/node.js'
import {UserError} from '../base/user-error.js'
import {NotHereCommand} from '../cli/not-here-command.js'

export default class Taint extends NotHereCommand {
  static override summary = 'Say why taints have no effect.'
  static override examples = ['<%= config.bin %> taint nodes tshift dedicated=echo:NoSchedule']
  protected readonly answer = {
    why: 'there is one node, this machine, and every pod runs on it: taints would have no effect',
    instead: 'leave tolerations in pods as they are, they do no harm',
  }

  /** Source: kubectl `taint.go`, `Complete`, `Validate`. */
  protected override async requireSense(words: readonly string[] | undefined): Promise<void> {
    if (words === undefined) return
    const [type, ...others] = words
    if (type === undefined) throw new UserError('one or more resources must be specified as <resource> <name>')
    const taints = others.filter((word) => /[=:]|-$/.test(word))
    if (taints.length === 0) throw new UserError('at least one taint update is required')
    if (!/^no(des?)?$/.test(type)) throw new UserError(`invalid resource type ${type}, only node types are supported`)
    const {resources} = await this.session()
    for (const name of others.filter((word) => !taints.includes(word))) await resources.get(nodeType, undefined, name)
  }
}
