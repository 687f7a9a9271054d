import {Args, Flags} from '@oclif/core'
import {UserError} from '../../base/user-error.js'
import {BaseCommand} from '../../cli/base-command.js'
import {readContexts} from '../../cli/context/context-file.js'
import {CLUSTER, type Context} from '../../cli/context/contexts.js'
import {alignRows, TABLE_LAYOUT} from '../../output/tabwriter.js'

export default class ConfigGetContexts extends BaseCommand {
  static override summary = 'List the contexts, or one of them.'
  static override examples = ['<%= config.bin %> config get-contexts', '<%= config.bin %> config get-contexts -o name']
  static override args = {name: Args.string({description: 'the context to show', ignoreStdin: true})}
  static override flags = {
    output: Flags.option({char: 'o', options: ['name'] as const, description: 'names only'})(),
    'no-headers': Flags.boolean({description: 'leave the line of headers out', default: false}),
  }

  async run(): Promise<readonly Context[]> {
    const {flags, args} = await this.parse(ConfigGetContexts)
    const {current, contexts} = readContexts()
    const shown = contexts.filter(({name}) => args.name === undefined || name === args.name).sort((a, b) => (a.name < b.name ? -1 : 1))
    if (args.name !== undefined && shown.length === 0) throw new UserError(`context ${args.name} not found`)
    if (flags.output === 'name') this.out(shown.map(({name}) => `${name}\n`).join(''))
    else {
      const rows = shown.map(({name, namespace = ''}) => [name === current ? '*' : '', name, CLUSTER, CLUSTER, namespace])
      this.out(alignRows([...(flags['no-headers'] ? [] : [['CURRENT', 'NAME', 'CLUSTER', 'AUTHINFO', 'NAMESPACE']]), ...rows], TABLE_LAYOUT))
    }
    return shown
  }
}
