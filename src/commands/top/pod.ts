import {Flags} from '@oclif/core'
import {BaseCommand} from '../../cli/base-command.js'
import {fieldSelectorFlag} from '../../cli/flags/get.js'
import {allNamespacesFlag, namespaceFlag, namespaceOf} from '../../cli/flags/namespace.js'
import {selectorOf} from '../../cli/flags/selector.js'
import {runningPods, usageOfPod, type PodUsage} from '../../cli/top/pod-usage.js'
import {sampleProcesses} from '../../cli/top/sample-processes.js'
import {nameOf, usageFlags, usageOrderOf} from '../../cli/top/top-flags.js'
import {podUsageTable} from '../../output/usage-tables.js'

export default class TopPod extends BaseCommand {
  static override aliases = ['top:pods', 'top:po']
  static override usage = 'top pod [NAME | -l LABEL]'
  static override summary = "Show what pods use of this machine's CPU and memory."
  static override description =
    'What their processes were seen to use during a second, with all that these have started. The ingress gateway is the gateway process with its workers; containers ' +
    'that need no process, such as sidecars, use nothing. Of a container that docker or podman runs, only the client is counted. `tshift top` alone shows the traffic.'
  static override examples = [
    '<%= config.bin %> top pod',
    '<%= config.bin %> top pods -A --containers --sum',
    '<%= config.bin %> top pod -l app=tcp-echo --sort-by=memory',
  ]
  static override strict = false
  static override flags = {
    ...namespaceFlag,
    ...allNamespacesFlag,
    ...fieldSelectorFlag,
    ...usageFlags,
    containers: Flags.boolean({description: 'a line for each container', default: false}),
    sum: Flags.boolean({description: 'the sum of all on a last line', default: false}),
  }

  async run(): Promise<readonly PodUsage[]> {
    const {flags, argv} = await this.parse(TopPod)
    const {'field-selector': fieldSelector, 'all-namespaces': showsNamespace} = flags
    const name = nameOf(argv as string[], 'pod', [flags.selector, fieldSelector])
    const options = {
      sortBy: usageOrderOf(flags),
      hidesHeaders: flags['no-headers'],
      showsSwap: flags['show-swap'],
      showsContainers: flags.containers,
      showsSum: flags.sum,
      showsNamespace,
    }
    const session = await this.session()
    const namespace = namespaceOf(flags)
    const pods = await runningPods({namespace, name, selector: selectorOf(flags), fieldSelector}, session.resources)
    const sample = await sampleProcesses(session)
    const usages = pods.map((pod) => usageOfPod(pod, sample))
    if (usages.length > 0) this.out(podUsageTable(usages, options))
    else this.say(namespace === undefined ? 'No resources found' : `No resources found in ${namespace} namespace.`)
    return usages
  }
}
