import {nodeType} from '../api/kinds/node.js'
import {UserError} from '../base/user-error.js'
import {NotHereCommand} from './not-here-command.js'

/** A verb that keeps pods off nodes, or lets them on again. Source: kubectl `drain.go`, `Complete`. */
export abstract class NodeCommand extends NotHereCommand {
  protected override async requireSense(words: readonly string[] | undefined): Promise<void> {
    const verb = this.id ?? ''
    if (words?.length === 0) throw new UserError(`USAGE: ${verb} NODE [flags]`, {hint: `See 'tshift ${verb} -h' for help and examples`})
    const {resources} = await this.session()
    for (const word of words ?? []) await resources.get(nodeType, undefined, word.replace(/^nodes?\//, ''))
  }
}
