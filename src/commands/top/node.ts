import {Flags} from '@oclif/core'
import {matches} from '../../api/labels.js'
import {nodeType} from '../../api/kinds/node.js'
import {StatusError} from '../../api/status-error.js'
import {BaseCommand} from '../../cli/base-command.js'
import {selectorOf} from '../../cli/flags/selector.js'
import {machineUsage, type MachineUsage} from '../../cli/top/node-usage.js'
import {nameOf, usageFlags, usageOrderOf} from '../../cli/top/top-flags.js'
import {nodeUsageTable} from '../../output/usage-tables.js'

export default class TopNode extends BaseCommand {
  static override aliases = ['top:nodes', 'top:no']
  static override usage = 'top node [NAME | -l LABEL]'
  static override summary = 'Show what this machine, the one node, uses of its CPU and memory.'
  static override description = 'With all that runs on it, seen during a second.'
  static override examples = ['<%= config.bin %> top node', '<%= config.bin %> top nodes --no-headers']
  static override strict = false
  static override flags = {
    ...usageFlags,
    'show-capacity': Flags.boolean({description: 'shares of what there is rather than of what pods may have; here it is the same', default: false}),
  }

  async run(): Promise<readonly (MachineUsage & {readonly name: string})[]> {
    const {flags, argv} = await this.parse(TopNode)
    const name = nameOf(argv as string[], 'node', [flags.selector])
    const options = {sortBy: usageOrderOf(flags), hidesHeaders: flags['no-headers'], showsSwap: flags['show-swap']}
    const {resources} = await this.session()
    const {items} = await resources.list(nodeType)
    const selector = selectorOf(flags) ?? []
    const nodes = items.filter(({metadata}) => (name === undefined || metadata.name === name) && matches(selector, metadata.labels ?? {}))
    if (name !== undefined && nodes.length === 0) throw new StatusError('NotFound', `nodemetrics.metrics.k8s.io "${name}" not found`)
    if (nodes.length === 0) return []
    const usage = await machineUsage()
    const usages = nodes.map(({metadata}) => ({name: metadata.name, ...usage}))
    this.out(nodeUsageTable(usages, options))
    return usages
  }
}
