import {Flags} from '@oclif/core'
import type {Pod} from '../api/kinds/pod.js'
import type {KubeObject} from '../api/object.js'
import {fieldManagerFlag} from '../cli/change-command.js'
import {exposingService} from '../cli/create/expose.js'
import {GenerateCommand, generateFlags, requireFlags, type GenerateFlags} from '../cli/create/generate-command.js'
import {OVERRIDE_TYPES, overridden} from '../cli/create/override.js'
import {podOf} from '../cli/create/pod.js'
import {requireImageName} from '../cli/create/require-image-name.js'
import type {DryRun} from '../cli/flags/dry-run.js'
import {podRunningTimeoutOf} from '../cli/flags/pod-running-timeout.js'
import {repeatable} from '../cli/flags/repeatable.js'
import {noGateway} from '../cli/run/await-pod.js'
import {runAttached} from '../cli/run/run-attached.js'
import {untilInterrupted} from '../cli/until-interrupted.js'

const RESTART = ['Always', 'OnFailure', 'Never']
const PULL_POLICIES = ['Always', 'IfNotPresent', 'Never', '']

interface AttachFlags extends GenerateFlags {
  readonly stdin: boolean
  readonly tty: boolean
  readonly rm: boolean
  readonly quiet: boolean
  readonly 'leave-stdin-open': boolean
  readonly 'pod-running-timeout': string
}

interface RunFlags {
  readonly stdin: boolean
  readonly tty: boolean
  readonly expose: boolean
  readonly port?: string | undefined
  readonly attach: boolean
  readonly rm: boolean
  readonly restart: string
  readonly 'image-pull-policy'?: string | undefined
  readonly 'dry-run': DryRun
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
    env: Flags.string({...repeatable, description: 'a variable for the container (repeatable)', helpValue: 'NAME=VALUE'}),
    labels: Flags.string({char: 'l', description: 'labels of the pod', helpValue: 'KEY=VALUE,…'}),
    annotations: Flags.string({...repeatable, description: 'an annotation of the pod (repeatable)', helpValue: 'KEY=VALUE'}),
    command: Flags.boolean({description: 'what follows -- is the command, not its arguments', default: false}),
    restart: Flags.string({description: 'Always, OnFailure or Never', default: 'Always', helpValue: 'POLICY'}),
    privileged: Flags.boolean({description: 'mark the container as privileged', default: false}),
    'image-pull-policy': Flags.string({description: 'Always, IfNotPresent or Never', helpValue: 'POLICY'}),
    stdin: Flags.boolean({char: 'i', description: 'keep standard input of the container open', default: false}),
    tty: Flags.boolean({char: 't', description: 'give the container a terminal', default: false}),
    attach: Flags.boolean({description: 'wait for the pod and attach to it; the default with -i', allowNo: true}),
    'leave-stdin-open': Flags.boolean({description: 'with -i, end without waiting for the end of the pod', default: false}),
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
      restart: restartPolicyOf(flags),
      leaveStdinOpen: flags['leave-stdin-open'],
      image: flags.image ?? '',
      env: flags.env ?? [],
      annotations: flags.annotations ?? [],
      imagePullPolicy: flags['image-pull-policy'],
      words: [...rest, ...command],
      isCommand: flags.command,
    })
    const override = flags.overrides === undefined ? undefined : {text: flags.overrides, type: flags['override-type']}
    const wanted = overridden(pod, override)
    if (attach && !(await this.session()).isGatewayRunning) throw noGateway()
    const service = flags.expose ? await this.expose(name, flags) : []
    if (attach) {
      const made = (await this.store(wanted, true, flags)) as Pod
      await this.attached(made, service, flags)
      return [...service, made]
    }
    if (service.length > 0 && flags.output === 'yaml') this.out('---\n') // kubectl has one of its own there
    return [...service, ...(await this.finish(wanted, flags))]
  }

  /** In kubectl's order. Source: kubectl `run.go` `RunRun`. */
  private requireSense(flags: RunFlags): void {
    if (flags.tty && !flags.stdin) throw this.usageError('-i/--stdin is required for containers with -t/--tty=true')
    if (flags.expose && (flags.port ?? '') === '') throw this.usageError('--port must be set when exposing a service')
    if (flags['dry-run'] !== 'none' && flags.attach) {
      throw this.usageError("--dry-run=[server|client] can't be used with attached containers options (--attach, --stdin, or --tty)")
    }
    if (flags.rm && !flags.attach) throw this.usageError('--rm should only be used for attached containers')
    if (!RESTART.includes(restartPolicyOf(flags))) throw this.usageError(`invalid restart policy: ${flags.restart}`)
    const policy = flags['image-pull-policy'] ?? ''
    if (!PULL_POLICIES.includes(policy)) throw this.usageError(`invalid image pull policy: ${policy}`)
  }

  private async expose(name: string, flags: GenerateFlags & {readonly port?: string | undefined}): Promise<readonly KubeObject[]> {
    const service = exposingService(this.metadata(name, flags), {selector: {run: name}, ports: [], labels: {}}, {port: flags.port})
    return this.finish(service, flags)
  }

  /** The Service and the pod are there, and go at the end with `--rm`. */
  private async attached(pod: Pod, others: readonly KubeObject[], flags: AttachFlags): Promise<void> {
    const session = await this.session()
    const {stdin, tty, quiet, rm} = flags
    const {stdin: input, stdout, stderr} = process
    const failure = await runAttached(
      {
        pod,
        stdin,
        tty,
        quiet,
        remove: rm ? [pod, ...others] : [],
        leaveStdinOpen: flags['leave-stdin-open'],
        timeoutMs: podRunningTimeoutOf(flags, 'run'),
        commandName: `${this.config.bin} attach`,
      },
      {
        session,
        stdin: input,
        stdout,
        stderr,
        note: (line) => (quiet ? undefined : this.say(line)),
        signal: untilInterrupted(['SIGHUP']),
        showLogs: ({metadata: {name, namespace = ''}}) => this.config.runCommand('logs', [name, '-n', namespace]),
      },
    )
    if (failure === undefined) return
    this.say(failure.text)
    process.exitCode = failure.exitCode
  }
}

/** An empty one is the client's to choose. Source: kubectl `run.go` getRestartPolicy. */
function restartPolicyOf({restart, stdin}: {readonly restart: string; readonly stdin: boolean}): string {
  return restart === '' ? (stdin ? 'OnFailure' : 'Always') : restart
}
