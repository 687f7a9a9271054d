import {Args, Flags} from '@oclif/core'
import path from 'node:path'
import {podType, type Pod} from '../api/kinds/pod.js'
import {isNotFound} from '../api/status-error.js'
import {UserError} from '../base/user-error.js'
import {BaseCommand} from '../cli/base-command.js'
import {namespaceFlag, namespaceOf} from '../cli/flags/namespace.js'
import {chooseContainer} from '../cli/pod-container.js'
import {untilInterrupted} from '../cli/until-interrupted.js'
import {podLogDirectory} from '../daemon/pods/pod-log-directory.js'
import {readLog} from '../workload/read-log.js'

export default class Logs extends BaseCommand {
  static override summary = "Print a container's log."
  static override examples = ['<%= config.bin %> logs tcp-echo-v1-6fd59b9d57-bmdfn', '<%= config.bin %> logs -f pod/tcp-echo-v1-6fd59b9d57-bmdfn -c tcp-echo --tail 10']

  static override args = {
    pod: Args.string({required: true, description: 'pod, as NAME or pod/NAME', ignoreStdin: true}),
    container: Args.string({description: 'container', ignoreStdin: true}),
  }
  static override flags = {
    ...namespaceFlag,
    container: Flags.string({char: 'c', description: 'container of the pod', helpValue: 'NAME'}),
    follow: Flags.boolean({char: 'f', description: 'go on printing what is written', default: false}),
    tail: Flags.integer({description: 'only the last lines; -1 for all', default: -1, helpValue: 'LINES'}),
    timestamps: Flags.boolean({description: 'put the time before each line', default: false}),
  }

  async run(): Promise<void> {
    const {flags, args} = await this.parse(Logs)
    const session = await this.session()
    const namespace = namespaceOf(flags) ?? 'default'
    const pod = await session.resources.get<Pod>(podType, namespace, args.pod.replace(/^(pods?|po)\//, '')).catch((error: unknown) => {
      throw isNotFound(error) ? missing(args.pod, namespace) : error
    })
    const {name, note} = chooseLogContainer(pod, flags.container ?? args.container)
    if (note !== undefined) this.say(note)
    const file = path.join(podLogDirectory(session.home.podLogs, pod), `${name}.log`)
    const {follow, timestamps, tail} = flags
    const lines = readLog(file, {timestamps, follow, ...(tail < 0 ? {} : {tail}), ...(follow ? {signal: untilInterrupted()} : {})})
    for await (const line of lines) this.out(`${line}\n`)
  }
}

function chooseLogContainer(pod: Pod, name: string | undefined): ReturnType<typeof chooseContainer> {
  try {
    return chooseContainer(pod, name)
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    throw new UserError(`container ${name} is not valid for pod ${pod.metadata.name}`, error.hint === undefined ? {} : {hint: error.hint})
  }
}

function missing(name: string, namespace: string): UserError {
  return new UserError(`error from server (NotFound): pods "${name}" not found in namespace "${namespace}"`)
}
