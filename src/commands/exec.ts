import {Args, Flags} from '@oclif/core'
import {UserError} from '../base/user-error.js'
import {BaseCommand} from '../cli/base-command.js'
import {execInContainer} from '../cli/exec/exec-in-container.js'
import {execTarget, splitAtDashes} from '../cli/exec/exec-target.js'
import {namespaceFlag} from '../cli/flags/namespace.js'
import {podRunningTimeoutFlag, podRunningTimeoutOf} from '../cli/flags/pod-running-timeout.js'
import {repeatable} from '../cli/flags/repeatable.js'
import {untilInterrupted} from '../cli/until-interrupted.js'

const UNSUPPORTED = 'exec [POD] [COMMAND] is not supported anymore. Use exec [POD] -- [COMMAND] instead'

export default class Exec extends BaseCommand {
  static override summary = "Run a program in a pod's container: one of this machine, as if it were in there."
  static override description =
    "The program is this machine's and runs with the container's environment; its exit code is tshift's. Its nc sees the network as the pod does: it " +
    "connects from the pod's address, so that sidecars know it, and names of Services (tcp-echo, tcp-echo.ns, tcp-echo.ns.svc.cluster.local) mean their addresses. " +
    "Other programs see this machine's network. In a container that docker or podman runs, the program is the container's own."
  static override usage = '<%= command.id %> (POD | TYPE/NAME) [-c CONTAINER] [flags] -- COMMAND [args...]'
  static override examples = [
    '<%= config.bin %> exec deploy/sleep -c sleep -- sh -c "(date; sleep 1) | nc tcp-echo 9000"',
    '<%= config.bin %> exec -i pod/tcp-echo-v1-6fd59b9d57-bmdfn -- cat',
    '<%= config.bin %> exec -it svc/tcp-echo -- sh',
  ]

  static override args = {
    pod: Args.string({description: 'POD or TYPE/NAME', ignoreStdin: true}),
    command: Args.string({hidden: true, ignoreStdin: true}),
  }
  static override flags = {
    ...namespaceFlag,
    ...podRunningTimeoutFlag('1m'),
    container: Flags.string({char: 'c', description: 'container of the pod', helpValue: 'NAME'}),
    filename: Flags.string({char: 'f', description: 'file that names the pod', ...repeatable, helpValue: 'FILE'}),
    quiet: Flags.boolean({char: 'q', description: "print nothing but the program's output", default: false}),
    stdin: Flags.boolean({char: 'i', description: 'pass standard input on', default: false}),
    tty: Flags.boolean({char: 't', description: 'give the program a terminal (with -i, where standard input is one)', default: false}),
  }

  async run(): Promise<void> {
    const {own, command} = splitAtDashes(this.argv)
    const {flags, args} = await this.parse(Exec, own)
    const timeoutMs = podRunningTimeoutOf(flags, 'exec')
    if (command === undefined && args.command !== undefined) throw new UserError(UNSUPPORTED, {hint: "See 'tshift exec -h' for help and examples"})
    if (args.pod === undefined && flags.filename === undefined) throw new UserError('pod, type/name or --filename must be specified')
    if (command === undefined || command.length === 0) throw new UserError('you must specify at least one command for the container')
    const session = await this.session()
    const {stdin, stdout, stderr} = process
    const pod = await execTarget({word: args.pod, filename: flags.filename, named: flags.namespace, timeoutMs, stdin}, session.resources)
    const deps = {session, stdin, stdout, stderr, note: (line: string) => (flags.quiet ? undefined : this.say(line)), signal: untilInterrupted()}
    const code = await execInContainer({pod, container: flags.container, command, stdin: flags.stdin, tty: flags.tty}, deps)
    if (code !== 0) this.say(`command terminated with exit code ${code}`)
    process.exitCode = code
  }
}
