import {Flags} from '@oclif/core'
import type {Deployment} from '../api/kinds/deployment.js'
import {typeInStore} from '../resources/types-in-store.js'
import type {KubeObject} from '../api/object.js'
import {StatusError} from '../api/status-error.js'
import {UserError} from '../base/user-error.js'
import {BaseCommand} from '../cli/base-command.js'
import {outcomeFlag} from '../cli/flags/outcome.js'
import {allFlag, targetFlags} from '../cli/flags/target.js'
import {failureOf} from '../cli/failure.js'
import {dryRunFlag} from '../cli/flags/dry-run.js'
import {printOutcomes} from '../cli/print-outcomes.js'
import type {Outcome} from '../cli/verbs/outcome.js'
import {selectObjects} from '../cli/verbs/select-objects.js'
import type {Resources} from '../resources/resources.js'

const SCALABLE = new Set(['Deployment', 'ReplicaSet'])

export default class Scale extends BaseCommand {
  static override summary = 'Set how many replicas a Deployment or ReplicaSet has.'
  static override description = 'The weights of a VirtualService do not move with the number of replicas: that is what a traffic split is for.'
  static override examples = ['<%= config.bin %> scale deployment/tcp-echo-v1 --replicas=5', '<%= config.bin %> scale deploy -l app=tcp-echo --replicas=2']

  static override strict = false
  static override flags = {
    ...targetFlags,
    ...allFlag,
    ...dryRunFlag,
    replicas: Flags.integer({description: 'number of replicas', required: true, min: 0}),
    'current-replicas': Flags.integer({description: 'only if there are this many now'}),
    ...outcomeFlag,
  }

  async run(): Promise<readonly KubeObject[]> {
    const {flags, argv} = await this.parse(Scale)
    const session = await this.session()
    const objects = selectObjects({...flags, words: argv as string[], stdin: process.stdin}, session.resources)
    const outcomes = scaleAll(objects, {replicas: flags.replicas, current: flags['current-replicas'], dryRun: flags['dry-run']}, session.resources)
    const scaled = await printOutcomes(outcomes, {output: flags.output, dryRun: flags['dry-run'], out: (text) => this.out(text), say: (text) => this.say(text)})
    await session.settle()
    return scaled
  }
}

interface ScaleOptions {
  readonly replicas: number
  readonly current: number | undefined
  readonly dryRun: 'none' | 'client' | 'server'
}

async function* scaleAll(objects: AsyncIterable<KubeObject>, options: ScaleOptions, resources: Resources): AsyncIterable<Outcome> {
  for await (const object of objects) {
    try {
      const type = await typeInStore(resources, object)
      if (!SCALABLE.has(type.kind)) throw new StatusError('NotFound', 'the server could not find the requested resource')
      const scale = (live: Deployment) => scaled(live, options)
      const dryRun = options.dryRun !== 'none'
      const {object: written, warnings} = await resources.mutate<Deployment>(type, object.metadata, scale, {dryRun})
      yield {type: 'done', operation: 'scaled', object: written, warnings}
    } catch (error) {
      if (!(error instanceof UserError || error instanceof StatusError)) throw error
      yield {type: 'failed', text: failureOf(error).text}
    }
  }
}

function scaled(live: Deployment, {replicas, current}: ScaleOptions): Deployment {
  const now = live.spec.replicas ?? 1
  if (current !== undefined && current !== now) throw new UserError(`Expected replicas to be ${current}, was ${now}`)
  return {...live, spec: {...live.spec, replicas}}
}
