import {Args, Flags} from '@oclif/core'
import {BaseCommand} from '../cli/base-command.js'
import {gateFlags, gateOptions} from '../cli/flags/gate.js'
import {formatJson} from '../output/json.js'
import {renderPlan} from '../output/report/render-plan.js'
import {plan, type Plan} from '../tally/plan.js'

export default class PlanCommand extends BaseCommand {
  static override summary = 'Say how many connections it takes to prove a split, and to catch a wrong one.'
  static override examples = ['<%= config.bin %> plan 80/20 --tolerance 5', '<%= config.bin %> plan v1=95,v2=5 --tolerance 3 -o json']
  static override args = {weights: Args.string({required: true, description: '80/20, 70/20/10 or v1=80,v2=20', ignoreStdin: true})}
  static override flags = {
    tolerance: gateFlags.tolerance,
    alpha: gateFlags.alpha,
    'alpha-pass': gateFlags['alpha-pass'],
    output: Flags.option({char: 'o', options: ['text', 'json'] as const, default: 'text' as const, description: 'how to print it'})(),
  }

  async run(): Promise<Plan> {
    const {args, flags} = await this.parse(PlanCommand)
    const made = plan(args.weights, gateOptions({...flags, 'require-random': false}))
    this.out(flags.output === 'json' ? formatJson(made) : renderPlan(made, {width: process.stdout.columns ?? 80}))
    return made
  }
}
