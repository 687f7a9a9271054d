import {Flags} from '@oclif/core'
import type {KubeObject} from '../api/object.js'
import {UserError} from '../base/user-error.js'
import {dryRunFlag} from '../cli/flags/dry-run.js'
import {filenamesOf} from '../cli/flags/filename.js'
import {outputFlags} from '../cli/flags/output.js'
import {allFlag} from '../cli/flags/target.js'
import {goDuration} from '../cli/go-duration.js'
import {RolloutCommand, workloadFlags} from '../cli/rollout/rollout-command.js'
import {requireScale, scaleAll, type ScaleOptions} from '../cli/rollout/scale.js'
import {NOTHING_NAMED} from '../cli/verbs/nothing-named.js'

export default class Scale extends RolloutCommand {
  static override summary = 'Set how many replicas a Deployment, ReplicaSet or StatefulSet has.'
  static override description =
    'With --current-replicas or --resource-version only where that is what there is. ' +
    'The weights of a VirtualService do not move with the number of replicas: that is what a traffic split is for.'
  static override examples = [
    '<%= config.bin %> scale deployment/tcp-echo-v1 --replicas=5',
    '<%= config.bin %> scale deploy -l app=tcp-echo --replicas=2',
    '<%= config.bin %> scale deployment/tcp-echo-v1 --current-replicas=2 --replicas=3 --timeout=30s',
  ]

  static override strict = false
  static override flags = {
    ...workloadFlags,
    ...allFlag,
    ...dryRunFlag,
    replicas: Flags.integer({description: 'number of replicas', required: true}),
    'current-replicas': Flags.integer({description: 'only if there are this many now; -1: however many', default: -1}),
    'resource-version': Flags.string({description: 'only if the object is at this version', helpValue: 'VERSION'}),
    timeout: Flags.string({description: 'how long to wait until there are as many pods, e.g. 30s; 0s: not at all', default: '0s'}),
    ...outputFlags,
  }

  async run(): Promise<readonly KubeObject[]> {
    const {flags, argv} = await this.parse(Scale)
    const words = argv as string[]
    const options: ScaleOptions = {
      replicas: flags.replicas,
      currentReplicas: flags['current-replicas'],
      resourceVersion: flags['resource-version'],
      dryRun: flags['dry-run'],
      timeoutMs: goDuration(flags.timeout, 'timeout', 'scale'),
    }
    requireScale(options)
    const isAllMeant = flags.all || flags.selector !== undefined || filenamesOf(flags) !== undefined
    if (words.length === 0 && !isAllMeant) throw new UserError(NOTHING_NAMED)
    if (words.length === 1 && !isAllMeant && !words[0]?.includes('/')) throw new UserError('resource(s) were provided, but no name was specified')
    const session = await this.session()
    return this.print(scaleAll(this.selectedOfAnyKind(flags, words, session), options, session.resources), flags, {
      dryRun: flags['dry-run'],
      nothing: this.nothingFound(flags),
    })
  }
}
