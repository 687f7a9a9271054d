import {Args} from '@oclif/core'
import {podType, type Pod} from '../../../api/kinds/pod.js'
import {namespaceFlag} from '../../../cli/flags/namespace.js'
import {DescribeCommand, parseName} from '../../../cli/inspect/describe-command.js'
import {describePod} from '../../../inspect/describe/describe-pod.js'

export default class DescribePodCommand extends DescribeCommand {
  static override aliases = ['x:describe:po', 'x:des:po', 'experimental:describe:pod', 'experimental:describe:po']
  static override summary = 'Describe a pod with the services that select it and the Istio configuration that affects it.'
  static override examples = ['<%= config.bin %> x describe pod tcp-echo-v1-5f85bdb7ff-j5blh']
  static override args = {pod: Args.string({description: 'pod or pod.namespace', required: true, ignoreStdin: true})}
  static override flags = namespaceFlag

  async run(): Promise<readonly string[]> {
    const {args, flags} = await this.parse(DescribePodCommand)
    const asked = flags.namespace ?? 'default'
    const {name, namespace} = parseName(args.pod, asked)
    const {resources} = await this.session()
    const pod = await resources.get<Pod>(podType, namespace, name)
    const {view} = await this.look(asked)
    const lines = describePod(pod, view)
    this.printLines(lines)
    return lines
  }
}
