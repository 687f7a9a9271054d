import {Flags} from '@oclif/core'
import type {KubeObject} from '../api/object.js'
import {UserError} from '../base/user-error.js'
import {fieldManagerFlag} from '../cli/change-command.js'
import {GenerateCommand, generateFlags, requireFlags} from '../cli/create/generate-command.js'
import {filenameFlags, filenamesOf} from '../cli/flags/filename.js'
import {autoscalerFor, requireBounds} from '../cli/rollout/autoscaler.js'
import {selectObjects} from '../cli/verbs/select-objects.js'
import {typeInStore} from '../resources/types-in-store.js'

const UNSAID = -1
/** kubectl's own warning. */
const DEPRECATED =
  "Flag --cpu-percent has been deprecated, Use --cpu with percentage or resource quantity format (e.g., '70%' for utilization or '500m' for milliCPU)."

export default class Autoscale extends GenerateCommand {
  static override usage = 'autoscale (-f FILE | TYPE NAME | TYPE/NAME) [--min=MINPODS] --max=MAXPODS [--cpu=CPU] [--memory=MEMORY]'
  static override summary = 'Make a HorizontalPodAutoscaler for a Deployment, ReplicaSet or StatefulSet.'
  static override description = 'The autoscaler is stored and given back, for manifests that need one; nothing is scaled by it here.'
  static override examples = [
    '<%= config.bin %> autoscale deployment tcp-echo-v1 --min=2 --max=5 --cpu=80%',
    '<%= config.bin %> autoscale deployment/tcp-echo-v1 --max=5 --memory=200Mi --dry-run=client -o yaml',
  ]

  static override strict = false
  static override flags = {
    ...generateFlags,
    ...filenameFlags,
    ...fieldManagerFlag('kubectl-autoscale'),
    name: Flags.string({description: 'name of the autoscaler; that of the object unless said', helpValue: 'NAME'}),
    min: Flags.integer({description: 'fewest pods', default: UNSAID}),
    max: Flags.integer({description: 'most pods (required)'}),
    cpu: Flags.string({description: 'target over all pods: a share of what they request (80%) or an average (500m)', helpValue: 'CPU'}),
    'cpu-percent': Flags.integer({description: 'the share of --cpu, as it was written before', hidden: true}),
    memory: Flags.string({description: 'target over all pods: a share of what they request (60%) or an average (200Mi)', helpValue: 'MEMORY'}),
  }

  async run(): Promise<readonly KubeObject[]> {
    const {flags, argv} = await this.parse(Autoscale)
    requireFlags({max: flags.max})
    const percent = flags['cpu-percent']
    if (percent !== undefined && flags.cpu !== undefined) throw new UserError('--cpu-percent and --cpu are mutually exclusive')
    if (percent !== undefined) this.say(DEPRECATED)
    const cpu = percent === undefined ? flags.cpu : percent > 0 ? `${percent}%` : undefined
    const options = {min: flags.min, max: flags.max ?? UNSAID, cpu, memory: flags.memory}
    requireBounds(options)
    const {resources} = await this.session()
    const words = {words: argv as string[], filename: filenamesOf(flags), recursive: flags.recursive, stdin: process.stdin}
    const objects = selectObjects({...words, namespace: flags.namespace, 'all-namespaces': false, all: false}, resources)
    const made: KubeObject[] = []
    for await (const object of objects) {
      const metadata = this.metadata(flags.name ?? object.metadata.name, flags)
      const autoscaler = autoscalerFor(object, await typeInStore(resources, object), {metadata, options})
      made.push(...(await this.finish(autoscaler, flags, flags['dry-run'] === 'client' ? 'created' : 'autoscaled')))
    }
    return made
  }
}
