import {Args, Flags} from '@oclif/core'
import {UserError} from '../base/user-error.js'
import {attach} from '../cli/attach/attach.js'
import {resume} from '../cli/attach/resume.js'
import {BaseCommand} from '../cli/base-command.js'
import {namespaceFlag, namespaceOf} from '../cli/flags/namespace.js'
import {podRunningTimeoutFlag, podRunningTimeoutOf} from '../cli/flags/pod-running-timeout.js'
import {outletTo} from '../cli/outlet.js'
import {objectNamed, podsBehind} from '../cli/pods/pods-behind.js'
import {untilInterrupted} from '../cli/until-interrupted.js'

export default class Attach extends BaseCommand {
  static override summary = 'Show what a container writes from now on.'
  static override description =
    "Ends when the container does, or with -i when standard input does. With -i the program of a pod that 'run' made is run again, on this terminal; the " +
    'programs of other containers have neither a terminal nor standard input: what is typed reaches nobody.'
  static override usage = '<%= command.id %> (POD | TYPE/NAME) -c CONTAINER'
  static override examples = ['<%= config.bin %> attach deploy/tcp-echo-v1', '<%= config.bin %> attach -i tcp-echo-v1-6fd59b9d57-bmdfn -c tcp-echo']

  static override args = {
    pod: Args.string({description: 'POD or TYPE/NAME', ignoreStdin: true}),
    name: Args.string({description: 'name, where the type stands alone', ignoreStdin: true}),
  }
  static override flags = {
    ...namespaceFlag,
    ...podRunningTimeoutFlag('1m'),
    container: Flags.string({char: 'c', description: 'container of the pod', helpValue: 'NAME'}),
    quiet: Flags.boolean({char: 'q', description: "print nothing but the container's output", default: false}),
    stdin: Flags.boolean({char: 'i', description: 'end with standard input', default: false}),
    tty: Flags.boolean({char: 't', description: 'ask for a terminal', default: false}),
  }

  async run(): Promise<void> {
    const {flags, args} = await this.parse(Attach)
    const timeoutMs = podRunningTimeoutOf(flags, 'attach')
    if (args.pod === undefined) throw new UserError('at least 1 argument is required for attach')
    const session = await this.session()
    const {resources, home} = session
    const word = args.name === undefined ? args.pod : `${args.pod}/${args.name}`
    const object = await objectNamed(word, namespaceOf(flags) ?? 'default', resources)
    const [pod] = await podsBehind(object, resources, {timeoutMs, doing: 'cannot attach to'})
    const note = (line: string) => (flags.quiet ? undefined : this.say(line))
    const {container, stdin, tty} = flags
    const signal = untilInterrupted()
    if (stdin && (await resume({pod, container, tty}, {session, stdin: process.stdin, stdout: process.stdout, stderr: process.stderr, note, signal}))) return
    await attach({pod, container, stdin, tty}, {podLogs: home.podLogs, stdin: process.stdin, out: outletTo(process.stdout), note, signal})
  }
}
