import {Flags} from '@oclif/core'
import type {KubeObject} from '../../api/object.js'
import {disruptionBudgetOf} from '../../cli/create/disruption-budget.js'
import {GenerateCommand, generateFlags} from '../../cli/create/generate-command.js'

export default class CreatePodDisruptionBudget extends GenerateCommand {
  static override aliases = ['create:pdb']
  static override usage = 'create poddisruptionbudget NAME --selector=SELECTOR --min-available=N'
  static override summary = 'Create a PodDisruptionBudget (kept; nothing evicts pods here).'
  static override examples = ['<%= config.bin %> create poddisruptionbudget echo --selector=app=tcp-echo --min-available=1 --dry-run=client -o yaml']
  static override strict = false
  static override flags = {
    ...generateFlags,
    selector: Flags.string({description: 'labels of the pods it is about', helpValue: 'SELECTOR'}),
    'min-available': Flags.string({description: 'how many of them have to be there: a number or a share (50%)', helpValue: 'N'}),
    'max-unavailable': Flags.string({description: 'how many of them may be missing: a number or a share (50%)', helpValue: 'N'}),
  }

  async run(): Promise<readonly KubeObject[]> {
    const {flags, argv} = await this.parse(CreatePodDisruptionBudget)
    const metadata = this.metadata(this.requireName(argv), flags)
    const {selector, 'min-available': minAvailable, 'max-unavailable': maxUnavailable} = flags
    return this.finish(disruptionBudgetOf(metadata, {selector, minAvailable, maxUnavailable}), flags)
  }
}
