import {Flags} from '@oclif/core'
import {podType, type Pod} from '../api/kinds/pod.js'
import type {KubeObject} from '../api/object.js'
import {UserError} from '../base/user-error.js'
import {fieldManagerFlag} from '../cli/change-command.js'
import {exposingService} from '../cli/create/expose.js'
import {GenerateCommand, generateFlags, requireFlags, type GenerateFlags} from '../cli/create/generate-command.js'
import {OVERRIDE_TYPES, overridden} from '../cli/create/override.js'
import {podOf} from '../cli/create/pod.js'
import {hasEnded, hasStarted, podStarted} from '../cli/create/pod-started.js'
import {requireImageName} from '../cli/create/require-image-name.js'
import type {DryRun} from '../cli/flags/dry-run.js'
import {podRunningTimeoutOf} from '../cli/flags/pod-running-timeout.js'
import {deleteObject} from '../resources/deletion.js'

const many = {multiple: true, multipleNonGreedy: true} as const
const RESTART = ['Always', 'OnFailure', 'Never']
/** How long a pod that was attached to may take to be told as ended. */
const END_MS = 10_000

interface AttachFlags extends GenerateFlags {
  readonly stdin: boolean
  readonly tty: boolean
  readonly rm: boolean
  readonly quiet: boolean
  readonly restart: string
  readonly 'pod-running-timeout': string
}

export default class Run extends GenerateCommand {
  static override usage = 'run NAME --image=IMAGE [--env=NAME=VALUE] [--port=PORT] [--command] [-- COMMAND [ARG]…]'
  static override summary = 'Run an image in a pod of its own.'
  static override examples = [
    '<%= config.bin %> run echo --image=docker.io/istio/tcp-echo-server:1.3 --port=9000',
    '<%= config.bin %> run echo --image=docker.io/istio/tcp-echo-server:1.3 --dry-run=client -o yaml -- 9000 hello',
    '<%= config.bin %> run shell --image=busybox --rm -it --restart=Never -- sh',
  ]
  static override strict = false
  static override flags = {
    ...generateFlags,
    ...fieldManagerFlag('kubectl-run'),
    image: Flags.string({description: 'image to run', helpValue: 'IMAGE'}),
    port: Flags.string({description: 'port that the container listens on', helpValue: 'PORT'}),
    env: Flags.string({...many, description: 'a variable for the container (repeatable)', helpValue: 'NAME=VALUE'}),
    labels: Flags.string({char: 'l', description: 'labels of the pod', helpValue: 'KEY=VALUE,…'}),
    annotations: Flags.string({...many, description: 'an annotation of the pod (repeatable)', helpValue: 'KEY=VALUE'}),
    command: Flags.boolean({description: 'what follows -- is the command, not its arguments', default: false}),
    restart: Flags.string({description: 'Always, OnFailure or Never', default: 'Always', helpValue: 'POLICY'}),
    privileged: Flags.boolean({description: 'mark the container as privileged', default: false}),
    'image-pull-policy': Flags.string({description: 'Always, IfNotPresent or Never', helpValue: 'POLICY'}),
    stdin: Flags.boolean({char: 'i', description: 'keep standard input of the container open', default: false}),
    tty: Flags.boolean({char: 't', description: 'give the container a terminal', default: false}),
    attach: Flags.boolean({description: 'wait for the pod and attach to it; the default with -i', allowNo: true}),
    rm: Flags.boolean({description: 'delete the pod once it has ended, with -i or --attach', default: false}),
    quiet: Flags.boolean({char: 'q', description: 'say nothing but what the container says', default: false}),
    expose: Flags.boolean({description: 'put a Service in front of it, with --port', default: false}),
    'pod-running-timeout': Flags.string({description: 'how long to wait for the pod to run', default: '1m', helpValue: 'DURATION'}),
    overrides: Flags.string({description: 'JSON to lay over the pod', helpValue: 'JSON'}),
    'override-type': Flags.option({options: OVERRIDE_TYPES, default: 'merge' as const, description: 'how it is laid over'})(),
  }

  async run(): Promise<readonly KubeObject[]> {
    const {own, command} = this.splitArgv()
    const {flags, argv} = await this.parse(Run, own)
    requireFlags({image: flags.image})
    const [name, ...rest] = argv as string[]
    if (name === undefined) throw this.usageError('NAME is required for run')
    const attach = flags.attach ?? (flags.stdin || flags.tty)
    this.requireSense({...flags, attach})
    requireImageName(flags.image ?? '')
    const pod = podOf(this.metadata(name, flags), {
      ...flags,
      image: flags.image ?? '',
      env: flags.env ?? [],
      annotations: flags.annotations ?? [],
      imagePullPolicy: flags['image-pull-policy'],
      words: [...rest, ...command],
      isCommand: flags.command,
    })
    const override = flags.overrides === undefined ? undefined : {text: flags.overrides, type: flags['override-type']}
    const wanted = overridden(pod, override)
    const service = flags.expose ? await this.expose(name, flags) : []
    if (attach) return [...service, await this.runAttached(wanted, flags)]
    if (service.length > 0 && flags.output === 'yaml') this.out('---\n') // kubectl has one of its own there
    return [...service, ...(await this.finish(wanted, flags))]
  }

  /** In kubectl's order. Source: kubectl `run.go` `RunRun`. */
  private requireSense(flags: {stdin: boolean; tty: boolean; expose: boolean; port?: string | undefined; attach: boolean; rm: boolean; restart: string; 'dry-run': DryRun}): void {
    if (flags.tty && !flags.stdin) throw this.usageError('-i/--stdin is required for containers with -t/--tty=true')
    if (flags.expose && (flags.port ?? '') === '') throw this.usageError('--port must be set when exposing a service')
    if (flags['dry-run'] !== 'none' && flags.attach) {
      throw this.usageError("--dry-run=[server|client] can't be used with attached containers options (--attach, --stdin, or --tty)")
    }
    if (flags.rm && !flags.attach) throw this.usageError('--rm should only be used for attached containers')
    if (!RESTART.includes(flags.restart)) throw this.usageError(`invalid restart policy: ${flags.restart}`)
  }

  private async expose(name: string, flags: GenerateFlags & {readonly port?: string | undefined}): Promise<readonly KubeObject[]> {
    const service = exposingService(this.metadata(name, flags), {selector: {run: name}, ports: [], labels: {}}, {port: flags.port})
    return this.finish(service, flags)
  }

  private async runAttached(wanted: KubeObject, flags: AttachFlags): Promise<KubeObject> {
    const session = await this.session()
    if (!session.isGatewayRunning) throw new UserError('no gateway runs, so no pod would', {hint: `start it with '${this.config.bin} gateway start'`})
    const pod = (await this.store(wanted, true, flags)) as Pod
    try {
      const started = await podStarted(session.resources, pod, {timeoutMs: podRunningTimeoutOf(flags, 'run'), until: hasStarted})
      const {name, namespace = ''} = started.metadata
      if (hasEnded(started)) await this.config.runCommand('logs', [name, '-n', namespace])
      else await this.config.runCommand('attach', [name, '-n', namespace, ...(flags.stdin ? ['-i'] : []), ...(flags.tty ? ['-t'] : []), ...(flags.quiet ? ['-q'] : [])])
      if (flags.restart === 'Never') await this.passExitCodeOn(started)
    } finally {
      if (flags.rm) await this.remove(pod, flags.quiet)
    }
    return pod
  }

  private async passExitCodeOn(pod: Pod): Promise<void> {
    const {resources} = await this.session()
    const live = await resources.get<Pod>(podType, pod.metadata.namespace, pod.metadata.name)
    const ended = await podStarted(resources, live, {timeoutMs: END_MS, until: hasEnded})
    const code = ended.status?.containerStatuses?.[0]?.state?.terminated?.exitCode ?? 0
    if (code === 0) return
    this.say(`pod ${pod.metadata.namespace}/${pod.metadata.name} terminated (Error)`)
    process.exitCode = code
  }

  private async remove(pod: Pod, isQuiet: boolean): Promise<void> {
    const {resources, isGatewayRunning} = await this.session()
    await deleteObject(resources, pod, {nodeAlive: isGatewayRunning})
    if (!isQuiet) this.out(`pod "${pod.metadata.name}" deleted from ${pod.metadata.namespace} namespace\n`)
  }
}
