import {Flags} from '@oclif/core'
import {UserError} from '../../base/user-error.js'
import {BaseCommand} from '../../cli/base-command.js'
import {readContexts} from '../../cli/context/context-file.js'
import {CLUSTER, type Context} from '../../cli/context/contexts.js'
import {throwTogether} from '../../cli/throw-together.js'
import {alignRows, TABLE_LAYOUT} from '../../output/tabwriter.js'

export default class ConfigGetContexts extends BaseCommand {
  static override summary = 'List the contexts, or one of them.'
  static override examples = ['<%= config.bin %> config get-contexts', '<%= config.bin %> config get-contexts -o name']
  static override usage = 'config get-contexts [NAME…] [-o name]'
  static override strict = false
  static override flags = {
    output: Flags.string({char: 'o', description: 'name: names only', default: '', helpValue: 'FORMAT'}),
    'no-headers': Flags.boolean({description: 'leave the line of headers out', default: false}),
  }

  async run(): Promise<readonly Context[]> {
    const {flags, argv} = await this.parse(ConfigGetContexts)
    const {output} = flags
    if (output !== '' && output !== 'name') {
      throw new UserError(`--output ${output} is not available in ${this.config.bin} config get-contexts; resetting to default output format`)
    }
    const {current, contexts} = readContexts()
    const wanted = argv as string[]
    const shown = contexts.filter(({name}) => wanted.length === 0 || wanted.includes(name)).sort((a, b) => (a.name < b.name ? -1 : 1))
    if (output === 'name') this.out(shown.map(({name}) => `${name}\n`).join(''))
    else {
      const rows = shown.map(({name, namespace = ''}) => [name === current ? '*' : '', name, CLUSTER, CLUSTER, namespace])
      this.out(alignRows([...(flags['no-headers'] ? [] : [['CURRENT', 'NAME', 'CLUSTER', 'AUTHINFO', 'NAMESPACE']]), ...rows], TABLE_LAYOUT))
    }
    const known = new Set(contexts.map(({name}) => name))
    throwTogether(wanted.filter((name) => !known.has(name)).map((name) => new UserError(`context ${name} not found`)))
    return shown
  }
}
