import {Args, Flags} from '@oclif/core'
import {systemClock} from '../base/clock.js'
import {BaseCommand} from '../cli/base-command.js'
import {namespaceFlag, namespaceOf} from '../cli/flags/namespace.js'
import {podRunningTimeoutFlag, podRunningTimeoutOf} from '../cli/flags/pod-running-timeout.js'
import {selectorFlag} from '../cli/flags/selector.js'
import {logOptions} from '../cli/logs/log-options.js'
import {logSources} from '../cli/logs/log-sources.js'
import {printLogs} from '../cli/logs/print-logs.js'
import {outletTo} from '../cli/outlet.js'
import {untilInterrupted} from '../cli/until-interrupted.js'

export default class Logs extends BaseCommand {
  static override summary = "Print containers' logs."
  static override description =
    'Of one pod, of the pods with some labels, or of a deployment, replica set or service. The log of a container that runs no more is that of its last run.'
  static override usage = '<%= command.id %> [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'
  static override examples = [
    '<%= config.bin %> logs deploy/tcp-echo-v1',
    '<%= config.bin %> logs -f pod/tcp-echo-v1-6fd59b9d57-bmdfn -c tcp-echo --tail 10',
    '<%= config.bin %> logs -l app=tcp-echo -c tcp-echo --prefix --since 5m',
    '<%= config.bin %> logs -p -c tcp-echo tcp-echo-v1-6fd59b9d57-bmdfn',
  ]

  static override args = {
    pod: Args.string({description: 'POD or TYPE/NAME', ignoreStdin: true}),
    container: Args.string({description: 'container', ignoreStdin: true}),
  }
  static override strict = false
  static override flags = {
    ...namespaceFlag,
    ...selectorFlag,
    ...podRunningTimeoutFlag('20s'),
    'all-containers': Flags.boolean({description: 'the logs of all containers', default: false}),
    'all-pods': Flags.boolean({description: 'the logs of all pods, each line with its source', default: false}),
    container: Flags.string({char: 'c', description: 'container of the pod', helpValue: 'NAME'}),
    follow: Flags.boolean({char: 'f', description: 'go on printing what is written', default: false}),
    'ignore-errors': Flags.boolean({description: 'print what cannot be read as a line, and go on', default: false}),
    'limit-bytes': Flags.string({description: 'at most so many bytes of each log; 0 for no limit', default: '0', helpValue: 'BYTES'}),
    'max-log-requests': Flags.string({description: 'how many logs may be followed at once', default: '5', helpValue: 'N'}),
    prefix: Flags.boolean({description: 'put pod and container before each line', default: false}),
    previous: Flags.boolean({char: 'p', description: "the log of the container's run before this one", default: false}),
    since: Flags.string({description: 'only lines newer than this', default: '0s', helpValue: 'DURATION'}),
    'since-time': Flags.string({description: 'only lines written after this time (RFC 3339)', helpValue: 'TIME'}),
    tail: Flags.string({description: 'only the last lines; -1 for all (default: all, or 10 with a selector)', helpValue: 'LINES'}),
    timestamps: Flags.boolean({description: 'put the time before each line', default: false}),
  }

  async run(): Promise<void> {
    const {flags, argv} = await this.parse(Logs)
    const timeoutMs = podRunningTimeoutOf(flags, 'logs')
    const options = logOptions(flags, argv as string[], systemClock.now())
    const {resources, home} = await this.session()
    const note = (line: string) => this.say(line)
    const sources = await logSources(options, {resources, namespace: namespaceOf(flags) ?? 'default', timeoutMs, note})
    const out = outletTo(process.stdout)
    const signal = options.follow ? AbortSignal.any([untilInterrupted(), out.closed]) : out.closed
    await printLogs(sources, options, {podLogs: home.podLogs, signal, out})
  }
}
