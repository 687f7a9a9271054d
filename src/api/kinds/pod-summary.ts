import {formatDuration} from '../age.js'
import type {ContainerState, ContainerStatus, Pod, PodStatus} from './pod.js'

/** The three cells of `get pods` that take thought. Source: kubernetes `pkg/printers/internalversion/printers.go` printPod. */
export interface PodSummary {
  readonly ready: string
  readonly status: string
  readonly restarts: string
}

/** What a group of containers adds to the summary; `status` where they have something to say. */
interface Progress {
  readonly status?: string
  readonly ready: number
  readonly restarts: readonly ContainerStatus[]
}

/** What `kubectl get pods` shows of a pod (kubernetes pkg/printers/internalversion printPod). `nowMs` is the Unix epoch in ms. */
export function summarizePod(pod: Pod, nowMs: number): PodSummary {
  const {status = {}, spec} = pod
  const sidecars = new Set((spec.initContainers ?? []).filter(({restartPolicy}) => restartPolicy === 'Always').map(({name}) => name))
  const initial = initProgress(pod, sidecars)
  const isInitializing = initial.status !== undefined && !hasCondition(status, 'Initialized')
  const main = isInitializing ? undefined : mainProgress(status)
  const total = spec.containers.length + sidecars.size
  const restarted = main === undefined ? initial.restarts : [...initial.restarts.filter(({name}) => sidecars.has(name)), ...main.restarts]
  return {
    ready: `${initial.ready + (main?.ready ?? 0)}/${total}`,
    status: endStatus(pod) ?? main?.status ?? initial.status ?? phaseOf(status),
    restarts: formatRestarts(restarted, nowMs),
  }
}

/** Deletion outranks whatever the containers do. */
function endStatus({metadata, status}: Pod): string | undefined {
  if (metadata.deletionTimestamp === undefined) return undefined
  if (status?.reason === 'NodeLost') return 'Unknown'
  return status?.phase === 'Succeeded' || status?.phase === 'Failed' ? undefined : 'Terminating'
}

function phaseOf({reason, phase = '', conditions = []}: PodStatus): string {
  const isGated = conditions.some((condition) => condition.type === 'PodScheduled' && condition.reason === 'SchedulingGated')
  return isGated ? 'SchedulingGated' : reason === undefined || reason === '' ? phase : reason
}

/** Init containers run one after another: the first that has not ended decides. */
function initProgress({spec, status}: Pod, sidecars: ReadonlySet<string>): Progress {
  const all = status?.initContainerStatuses ?? []
  let ready = 0
  for (const [index, container] of all.entries()) {
    const {state = {}, name, started} = container
    if (state.terminated?.exitCode === 0) continue
    if (sidecars.has(name) && started === true) {
      if (container.ready) ready++
      continue
    }
    const text = stoppedText(state, ['', 'PodInitializing']) ?? `${index}/${(spec.initContainers ?? []).length}`
    return {status: `Init:${text}`, ready, restarts: all.slice(0, index + 1)}
  }
  return {ready, restarts: all}
}

/** The first container that has stopped or waits decides; `Completed` ones do not while another runs. */
function mainProgress(status: PodStatus): Progress {
  const all = status.containerStatuses ?? []
  const texts = all.map(({state = {}}) => stoppedText(state, [''])).filter((text) => text !== undefined)
  const ready = all.filter(
    (container) => stoppedText(container.state ?? {}, ['']) === undefined && container.ready && container.state?.running !== undefined,
  ).length
  const [first] = texts
  const shown = (first ?? phaseOf(status)) === 'Completed' && ready > 0 ? (hasCondition(status, 'Ready') ? 'Running' : 'NotReady') : first
  return {...(shown === undefined ? {} : {status: shown}), ready, restarts: all}
}

/** Why a container does not run; `silent` lists the reasons for waiting that say nothing. */
function stoppedText({waiting, terminated}: ContainerState, silent: readonly string[]): string | undefined {
  if (waiting !== undefined && !silent.includes(waiting.reason ?? '')) return waiting.reason
  if (terminated === undefined) return undefined
  if (terminated.reason !== undefined && terminated.reason !== '') return terminated.reason
  return terminated.signal === undefined || terminated.signal === 0 ? `ExitCode:${terminated.exitCode}` : `Signal:${terminated.signal}`
}

function hasCondition({conditions = []}: PodStatus, type: string): boolean {
  return conditions.some((condition) => condition.type === type && condition.status === 'True')
}

function formatRestarts(containers: readonly ContainerStatus[], nowMs: number): string {
  const count = containers.reduce((sum, {restartCount}) => sum + restartCount, 0)
  const times = containers.map(({lastState}) => Date.parse(lastState?.terminated?.finishedAt ?? '')).filter((time) => !Number.isNaN(time))
  return count === 0 || times.length === 0 ? String(count) : `${count} (${formatDuration(nowMs - Math.max(...times))} ago)`
}
