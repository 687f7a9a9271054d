import {Args, Flags} from '@oclif/core'
import {podType, type Pod} from '../api/kinds/pod.js'
import {UserError} from '../base/user-error.js'
import {BaseCommand} from '../cli/base-command.js'
import {namespaceFlag, namespaceOf} from '../cli/flags/namespace.js'
import {chooseContainer} from '../cli/pod-container.js'
import {podEnvironment} from '../daemon/pods/pod-environment.js'
import {execInPod} from '../workload/exec.js'

export default class Exec extends BaseCommand {
  static override summary = "Run a program of this machine as if in a pod's container."
  static override description =
    "The program is this machine's; it runs with the container's environment. Where the machine has no nc, one of ours is on the PATH. " +
    'The exit code is the program\'s.'
  static override examples = [
    '<%= config.bin %> exec sleep-5f7d8b9c6d-x2x4z -c sleep -- sh -c "(date; sleep 1) | nc $INGRESS_HOST $TCP_INGRESS_PORT"',
    '<%= config.bin %> exec -i tcp-echo-v1-6fd59b9d57-bmdfn -- cat',
  ]

  static override args = {pod: Args.string({description: 'pod, as NAME or pod/NAME', ignoreStdin: true})}
  static override flags = {
    ...namespaceFlag,
    container: Flags.string({char: 'c', description: 'container of the pod', helpValue: 'NAME'}),
    stdin: Flags.boolean({char: 'i', description: 'pass standard input on', default: false}),
    tty: Flags.boolean({char: 't', description: 'standard input is a terminal', default: false}),
  }

  async run(): Promise<void> {
    // what follows -- is the program's, flags and all: oclif does not see it
    const end = this.argv.indexOf('--')
    const command = end === -1 ? [] : this.argv.slice(end + 1)
    const {flags, args} = await this.parse(Exec, end === -1 ? this.argv : this.argv.slice(0, end))
    const word = args.pod
    if (word === undefined) throw new UserError('pod, type/name or --filename must be specified')
    if (command.length === 0) throw new UserError('you must specify at least one command for the container', {hint: "write it behind --, e.g. 'tshift exec POD -- date'"})
    if (flags.tty && !process.stdin.isTTY) this.say('Unable to use a TTY - input is not a terminal or the right kind of file')
    const session = await this.session()
    const pod = await session.resources.get<Pod>(podType, namespaceOf(flags) ?? 'default', word.replace(/^(pods?|po)\//, ''))
    const {name, note} = chooseContainer(pod, flags.container)
    if (note !== undefined) this.say(note)
    if (pod.status?.phase !== 'Running') throw notRunning(pod)
    const container = pod.spec?.containers.find((candidate) => candidate.name === name)
    process.exitCode = await execInPod({
      argv: command,
      env: container === undefined ? {} : podEnvironment(pod, container, pod.status.podIP ?? ''),
      shimDirectory: session.home.shims,
      stdin: flags.stdin ? process.stdin : undefined,
      stdout: process.stdout,
      stderr: process.stderr,
    })
    if (process.exitCode !== 0) this.say(`command terminated with exit code ${process.exitCode}`)
  }
}

function notRunning(pod: Pod): UserError {
  return new UserError(`pod ${pod.metadata.name} is not running (${pod.status?.phase ?? 'Pending'})`, {hint: "start the gateway with 'tshift gateway start'"})
}
