import type {Container, Probe} from '../../../api/kinds/pod-spec.js'
import type {Placement} from '../container-spec.js'
import {check, type CheckContext, type CheckResult} from './check.js'
import {checkTarget} from './check-target.js'
import {ProbeWorker} from './probe-worker.js'

export interface ContainerHealthOptions {
  readonly container: Container
  readonly placement: Placement
  readonly exec: CheckContext['exec']
  /** Resolves when the container accepts connections: it is ready by that where it has no readiness probe. */
  readonly listening: Promise<void>
  /** Called after every change of `started` or `ready`. */
  readonly changed: () => void
  /** A check that did not succeed, in the words of the kubelet's event. */
  readonly unhealthy: (message: string) => void
  /** The container has to be killed: its liveness or startup probe failed for good. */
  readonly failed: (probe: 'liveness' | 'startup') => void
}

/**
 * The probes of one run of a container. Nothing else is asked before the startup probe has succeeded; from then on the readiness probe says whether
 * the container is ready, and a liveness probe that fails has it killed. Source: kubernetes `pkg/kubelet/prober`.
 */
export class ContainerHealth {
  /** As in the container's status. */
  started: boolean
  ready = false
  readonly #options: ContainerHealthOptions
  readonly #workers: ProbeWorker[] = []
  readonly #startMs = performance.now()
  #stopped = false

  constructor(options: ContainerHealthOptions) {
    this.#options = options
    this.started = options.container.startupProbe === undefined
  }

  start(): void {
    const {startupProbe} = this.#options.container
    if (startupProbe === undefined) this.#hasStarted()
    else this.#ask('Startup', startupProbe, (verdict) => (verdict === 'success' ? this.#hasStarted() : this.#fail('startup')))
  }

  stop(): void {
    this.#stopped = true
    this.ready = false
    this.#stopWorkers()
  }

  #hasStarted(): void {
    const {readinessProbe, livenessProbe} = this.#options.container
    this.#stopWorkers()
    this.started = true
    if (readinessProbe === undefined) void this.#options.listening.then(() => this.#setReady(true))
    else this.#ask('Readiness', readinessProbe, (verdict) => this.#setReady(verdict === 'success'))
    if (livenessProbe !== undefined) this.#ask('Liveness', livenessProbe, (verdict) => (verdict === 'failure' ? this.#fail('liveness') : undefined))
    this.#options.changed()
  }

  #setReady(ready: boolean): void {
    if (this.#stopped || this.ready === ready) return
    this.ready = ready
    this.#options.changed()
  }

  #fail(probe: 'liveness' | 'startup'): void {
    this.#stopWorkers()
    this.#options.failed(probe)
  }

  #ask(name: 'Startup' | 'Readiness' | 'Liveness', probe: Probe, verdict: (verdict: 'success' | 'failure') => void): void {
    const {container, placement, exec, unhealthy} = this.#options
    const target = checkTarget(probe, container, placement)
    const worker = new ProbeWorker({
      probe,
      check: (timeoutMs, signal) => check(target, {timeoutMs, signal, exec}),
      missed: (result) => unhealthy(missedText(name, result)),
      verdict,
    })
    this.#workers.push(worker)
    worker.start(performance.now() - this.#startMs)
  }

  #stopWorkers(): void {
    for (const worker of this.#workers.splice(0)) worker.stop()
  }
}

function missedText(name: string, {type, message}: CheckResult): string {
  return type === 'error' ? `${name} probe errored and resulted in unknown state: ${message}` : `${name} probe failed: ${message}`
}
