import {Flags} from '@oclif/core'
import {podType, type Pod} from '../api/kinds/pod.js'
import {BaseCommand} from '../cli/base-command.js'
import {copyFromPod, copyToPod, requireLocal, type Copied} from '../cli/cp/copy.js'
import {copyFromEngine, copyToEngine, type EnginePath} from '../cli/cp/engine-copy.js'
import {parseCopy, type CopySpecs} from '../cli/cp/file-spec.js'
import {podPath, type PodPath} from '../cli/cp/pod-path.js'
import {enginePrefix} from '../cli/exec/engine-prefix.js'
import {runningContainer} from '../cli/exec/exec-in-container.js'
import {namespaceFlag, namespaceOf} from '../cli/flags/namespace.js'
import {podLogDirectory} from '../daemon/pods/pod-log-directory.js'

export default class Cp extends BaseCommand {
  static override usage = 'cp FILE-SPEC FILE-SPEC'
  static override summary = 'Copy files and directories to and from pods.'
  static override description =
    "One of both is [NAMESPACE/]POD:PATH. Pods are processes of this machine and see its files: PATH is one of the machine's, as it is for exec. Below the mount path of a volume it is in " +
    "the volume's own directory instead (that of $TSHIFT_VOLUME_<NAME>); a relative one begins at the pod's working directory (annotation tshift.dev/workdir), else at the current one. " +
    'Containers of docker and podman have files of their own: there PATH is one of the container.'
  static override examples = [
    '<%= config.bin %> cp ./settings.yaml mypod:/etc/app/settings.yaml',
    '<%= config.bin %> cp demo/mypod:/var/lib/app/dump ./dump -c app',
    '<%= config.bin %> cp ./fixtures mypod:/data',
  ]
  static override strict = false
  static override flags = {
    ...namespaceFlag,
    container: Flags.string({char: 'c', description: 'container of the pod', helpValue: 'NAME'}),
    'no-preserve': Flags.boolean({description: 'give files in the pod the permissions of new ones', default: false}),
    retries: Flags.integer({description: 'as kubectl has it; no copy is cut off here that could be tried again', default: 0}),
  }

  async run(): Promise<Copied> {
    const {flags, argv} = await this.parse(Cp)
    const specs = parseCopy(argv as string[])
    const {from, to} = specs
    if (from.pod === '') await requireLocal(from.path)
    const remote = await this.remote(specs, flags)
    const command = `${this.config.bin} exec -n "${remote.namespace}" "${from.pod}" -- tar cf - "${from.path}" | tar xf -`
    const shown = {shown: from.path, command}
    const copied = from.pod === '' ? await intoPod(from.path, remote, {keepsModes: !flags['no-preserve']}) : await outOfPod(remote, to.path, shown)
    for (const line of copied.said) this.say(line)
    process.exitCode = copied.code
    return copied
  }

  /** The side that is a pod's. Throws NotFound, or as exec does where it does not run. */
  private async remote({from, to}: CopySpecs, flags: {readonly namespace?: string | undefined; readonly container?: string | undefined}): Promise<Remote> {
    const spec = from.pod === '' ? to : from
    const namespace = spec.namespace ?? namespaceOf({namespace: flags.namespace}) ?? 'default'
    const session = await this.session()
    const pod = await session.resources.get<Pod>(podType, namespace, spec.pod)
    const container = runningContainer(pod, flags.container, {session, note: (line) => this.say(line)})
    const place = podPath(spec.path, container, {pod, directory: podLogDirectory(session.home.podLogs, pod)})
    const execPrefix = await enginePrefix(pod, container, session) // volumes too: what is a link in there leads elsewhere here
    return {...place, namespace, engine: execPrefix === undefined ? undefined : {execPrefix, path: spec.path}}
  }
}

/** The side that is a pod's: on this machine, or in a container that a container engine runs. */
interface Remote extends PodPath {
  readonly namespace: string
  readonly engine: EnginePath | undefined
}

function intoPod(local: string, remote: Remote, options: Parameters<typeof copyToPod>[2]): Promise<Copied> {
  return remote.engine === undefined ? copyToPod(local, remote, options) : copyToEngine(local, remote.engine)
}

function outOfPod(remote: Remote, local: string, names: Parameters<typeof copyFromPod>[2]): Promise<Copied> {
  return remote.engine === undefined ? copyFromPod(remote, local, names) : copyFromEngine(remote.engine, local, names)
}
