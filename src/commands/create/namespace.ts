import {Args, Flags} from '@oclif/core'
import type {KubeObject} from '../../api/object.js'
import {BaseCommand} from '../../cli/base-command.js'
import {dryRunFlag} from '../../cli/flags/dry-run.js'
import {printOutcomes} from '../../cli/print-outcomes.js'
import type {Outcome} from '../../cli/verbs/outcome.js'

export default class CreateNamespace extends BaseCommand {
  static override aliases = ['create:ns']
  static override summary = 'Create a namespace.'
  static override examples = ['<%= config.bin %> create namespace istio-io-tcp-traffic-shifting', '<%= config.bin %> create ns demo --dry-run=client -o yaml']

  static override args = {name: Args.string({required: true, description: 'name of the namespace', ignoreStdin: true})}
  static override flags = {
    ...dryRunFlag,
    output: Flags.option({char: 'o', options: ['name', 'yaml', 'json'] as const, description: 'print the object instead of a line'})(),
  }

  async run(): Promise<readonly KubeObject[]> {
    const {args, flags} = await this.parse(CreateNamespace)
    const dryRun = flags['dry-run']
    const objects = await printOutcomes(this.create(args.name, dryRun), {output: flags.output, dryRun, out: (text) => this.out(text), say: (text) => this.say(text)})
    if (dryRun === 'none') await (await this.session()).settle()
    return objects
  }

  private async *create(name: string, dryRun: 'none' | 'client' | 'server'): AsyncIterable<Outcome> {
    const draft: KubeObject = {apiVersion: 'v1', kind: 'Namespace', metadata: {name}}
    if (dryRun === 'client') {
      yield {type: 'done', operation: 'created', object: {...draft, ...{spec: {}, status: {}}}, warnings: []}
      return
    }
    const {resources} = await this.session()
    const {object, warnings} = await resources.create(draft, {dryRun: dryRun === 'server'})
    yield {type: 'done', operation: 'created', object, warnings}
  }
}
