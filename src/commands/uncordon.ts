import {nodeType} from '../api/kinds/node.js'
import {UserError} from '../base/user-error.js'
import {BaseCommand} from '../cli/base-command.js'
import {dryRunFlag, dryRunSuffix} from '../cli/flags/dry-run.js'
import {selectorFlag, selectorOf} from '../cli/flags/selector.js'

export default class Uncordon extends BaseCommand {
  static override summary = 'Say that the one node takes pods: it is never cordoned.'
  static override examples = ['<%= config.bin %> uncordon tshift']
  static override strict = false
  static override flags = {...selectorFlag, ...dryRunFlag}

  async run(): Promise<readonly string[]> {
    const {flags, argv} = await this.parse(Uncordon)
    const {resources} = await this.session()
    const words = (argv as string[]).map((word) => word.replace(/^nodes?\//, ''))
    if (words.length === 0 && flags.selector === undefined) {
      throw new UserError('USAGE: uncordon NODE [flags]', {hint: "See 'tshift uncordon -h' for help and examples"})
    }
    if (words.length > 0 && flags.selector !== undefined) throw new UserError('cannot specify both a node name and a --selector option')
    const nodes =
      flags.selector === undefined
        ? await Promise.all(words.map((name) => resources.get(nodeType, undefined, name)))
        : (await resources.list(nodeType, {selector: selectorOf(flags)})).items
    const names = nodes.map(({metadata}) => metadata.name)
    for (const name of names) this.out(`node/${name} already uncordoned${dryRunSuffix(flags['dry-run'])}\n`)
    return names
  }
}
