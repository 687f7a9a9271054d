import {Flags} from '@oclif/core'
import {availableParallelism} from 'node:os'
import {ENGINE_CHOICES, type EngineChoice} from '../../workload/runtimes/container-engine.js'
import {type DataPlaneChoice, ENGINES} from '../../engine/choose-engine.js'
import {ACCESS_LOG_ENCODINGS, type AccessLogEncoding} from '../../engine/access-log.js'

const DRAIN_SECONDS = 45
/** Two at the least: when one crashes, the other keeps the ports open. */
const MIN_WORKERS = 2
const MAX_DEFAULT_WORKERS = 4

const OFF = '0 is off'

/** How the gateway process runs; the same for start, restart and --foreground. */
export const gatewayFlags = {
  bind: Flags.string({description: 'address the listeners are bound to', default: '127.0.0.1', helpValue: 'ADDRESS'}),
  workers: Flags.integer({description: 'data plane processes', default: Math.min(MAX_DEFAULT_WORKERS, Math.max(MIN_WORKERS, availableParallelism())), min: 1}),
  engine: Flags.option({
    options: ENGINES,
    default: 'auto' as const,
    description:
      'data plane: epoll (Linux) forwards plain TCP at the speed of C, node works everywhere; nftables (Linux, as root, with nft and ss) has the kernel ' +
      'forward; auto is the faster of the first two that works here. A listener that an engine cannot serve is left to the next',
  })(),
  'drain-time': Flags.integer({
    description: 'seconds that connections of a changed route may live on (Istio: 45)',
    default: DRAIN_SECONDS,
    min: 0,
    helpValue: 'SECONDS',
  }),
  'on-change': Flags.option({
    options: ['drain', 'keep', 'close'] as const,
    default: 'drain' as const,
    description: 'what becomes of connections whose route changes: close after the drain time (Istio), keep, or close at once',
  })(),
  seed: Flags.integer({description: 'draw subsets reproducibly (one worker); such a run proves nothing about randomness', helpValue: 'NUMBER'}),
  'access-log': Flags.boolean({description: "write a line in Istio's format for each connection to the gateway's log", default: false}),
  'access-log-encoding': Flags.option({options: ACCESS_LOG_ENCODINGS, description: 'write the access log so; text unless said otherwise'})(),
  'allow-host-commands': Flags.boolean({
    description: 'run the commands of images that tshift does not know on this machine: only for manifests you trust',
    default: false,
  }),
  'container-engine': Flags.option({
    options: ENGINE_CHOICES,
    default: 'auto' as const,
    env: 'TSHIFT_CONTAINER_ENGINE',
    description: 'what runs images that tshift does not know: docker or podman where one answers',
  })(),
  'admin-port': Flags.integer({description: `port for what Envoy's admin answers (${OFF})`, default: 15000, min: 0, max: 65_535, helpValue: 'PORT'}),
  'readiness-port': Flags.integer({description: `port for /healthz/ready (${OFF})`, default: 15021, min: 0, max: 65_535, helpValue: 'PORT'}),
  'metrics-port': Flags.integer({description: `port for /stats/prometheus (${OFF})`, default: 15090, min: 0, max: 65_535, helpValue: 'PORT'}),
}

export interface GatewayFlags {
  readonly bind: string
  readonly workers: number
  readonly engine: DataPlaneChoice
  readonly 'drain-time': number
  readonly 'on-change': 'drain' | 'keep' | 'close'
  readonly seed?: number | undefined
  readonly 'access-log': boolean
  readonly 'access-log-encoding'?: AccessLogEncoding | undefined
  readonly 'allow-host-commands': boolean
  readonly 'container-engine': EngineChoice
  readonly 'admin-port': number
  readonly 'readiness-port': number
  readonly 'metrics-port': number
}

/** The same flags as words, for the process that is launched with them. */
export function gatewayArguments(flags: GatewayFlags): readonly string[] {
  return [
    `--bind=${flags.bind}`,
    `--workers=${flags.workers}`,
    `--engine=${flags.engine}`,
    `--drain-time=${flags['drain-time']}`,
    `--on-change=${flags['on-change']}`,
    ...(flags.seed === undefined ? [] : [`--seed=${flags.seed}`]),
    ...(flags['access-log'] ? ['--access-log'] : []),
    ...(flags['access-log-encoding'] === undefined ? [] : [`--access-log-encoding=${flags['access-log-encoding']}`]),
    ...(flags['allow-host-commands'] ? ['--allow-host-commands'] : []),
    `--container-engine=${flags['container-engine']}`,
    `--admin-port=${flags['admin-port']}`,
    `--readiness-port=${flags['readiness-port']}`,
    `--metrics-port=${flags['metrics-port']}`,
  ]
}

/** How the access log is written: undefined is not at all. Who says how wants it. */
export function accessLogEncoding(flags: GatewayFlags): AccessLogEncoding | undefined {
  return flags['access-log-encoding'] ?? (flags['access-log'] ? 'text' : undefined)
}
