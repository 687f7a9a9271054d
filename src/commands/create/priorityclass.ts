import {Flags} from '@oclif/core'
import type {KubeObject} from '../../api/object.js'
import {UserError} from '../../base/user-error.js'
import {GenerateCommand, generateFlags} from '../../cli/create/generate-command.js'
import {priorityClassOf} from '../../cli/create/priority-class.js'

const MAX_INT32 = 2 ** 31 - 1

export default class CreatePriorityClass extends GenerateCommand {
  static override aliases = ['create:pc']
  static override usage = 'create priorityclass NAME --value=VALUE [--global-default]'
  static override summary = 'Create a PriorityClass (kept; pods start in no order of priority).'
  static override examples = ["<%= config.bin %> create priorityclass high --value=1000 --description='high priority' --dry-run=client -o yaml"]
  static override strict = false
  static override flags = {
    ...generateFlags,
    value: Flags.integer({description: 'the priority: the higher, the sooner', default: 0}),
    'global-default': Flags.boolean({description: 'the priority of pods that name none', default: false}),
    description: Flags.string({description: 'when to use it', default: '', helpValue: 'TEXT'}),
    'preemption-policy': Flags.string({
      description: 'whether others make room: PreemptLowerPriority or Never',
      default: 'PreemptLowerPriority',
      helpValue: 'POLICY',
    }),
  }

  async run(): Promise<readonly KubeObject[]> {
    const {flags, argv} = await this.parse(CreatePriorityClass)
    const {value, description, 'global-default': isGlobalDefault, 'preemption-policy': preemptionPolicy} = flags
    if (value > MAX_INT32 || value < -MAX_INT32 - 1) {
      throw new UserError(`invalid argument "${value}" for "--value" flag: strconv.ParseInt: parsing "${value}": value out of range`, {
        hint: `See '${this.config.bin} create priorityclass --help' for usage.`,
      })
    }
    const metadata = this.metadata(this.requireName(argv), flags)
    return this.finish(priorityClassOf(metadata, {value, isGlobalDefault, description, preemptionPolicy}), flags)
  }
}
