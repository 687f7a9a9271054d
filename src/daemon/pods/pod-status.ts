import type {Pod, PodStatus} from '../../api/kinds/pod.js'
import {formatTime} from '../../api/object.js'
import type {ContainerState, Phase} from './container-state.js'

export interface PodFacts {
  readonly podIP: string
  readonly startMs: number
  readonly nowMs: number
  readonly initContainers: readonly ContainerState[]
  /** The names of init containers that go on running. */
  readonly sidecars: ReadonlySet<string>
  /** The names of init containers that have let the next one start. */
  readonly passed: ReadonlySet<string>
  readonly containers: readonly ContainerState[]
}

/** The status the kubelet reports for a pod. Conditions keep their times while they stay what they were. */
export function podStatus(pod: Pod, facts: PodFacts): PodStatus {
  const {generation} = pod.metadata
  const sidecars = facts.initContainers.filter(({name}) => facts.sidecars.has(name))
  const waiting = facts.initContainers.filter((container) => !facts.passed.has(container.name))
  const initialized = waiting.length === 0
  const serving = [...sidecars, ...facts.containers]
  const isDone = facts.containers.length > 0 && phaseOf(pod, facts, initialized) === 'Succeeded'
  const ready = initialized && !isDone && serving.every((container) => container.ready)
  const unready = serving.filter((container) => !container.ready).map(({name}) => name)
  const why = isDone ? COMPLETED : unready.length === 0 ? {} : {reason: 'ContainersNotReady', message: `containers with unready status: [${unready.join(' ')}]`}
  const incomplete = {reason: 'ContainersNotInitialized', message: `containers with incomplete status: [${waiting.map(({name}) => name).join(' ')}]`}
  const whyInitial = !initialized ? incomplete : isDone ? COMPLETED : {}
  const conditions = [
    {type: 'PodReadyToStartContainers', is: !isDone},
    {type: 'Initialized', is: initialized, ...whyInitial},
    {type: 'Ready', is: ready, ...why},
    {type: 'ContainersReady', is: ready, ...why},
    {type: 'PodScheduled', is: true},
  ].map(({is, ...condition}) => withTime({...condition, status: is ? 'True' : 'False'}, pod, facts.nowMs))
  return {
    conditions,
    containerStatuses: byName(facts.containers).map(containerStatus),
    hostIP: '127.0.0.1',
    hostIPs: [{ip: '127.0.0.1'}],
    ...(facts.initContainers.length === 0 ? {} : {initContainerStatuses: facts.initContainers.map(initContainerStatus)}),
    ...(generation === undefined ? {} : {observedGeneration: generation}),
    phase: phaseOf(pod, facts, initialized),
    podIP: facts.podIP,
    podIPs: [{ip: facts.podIP}],
    qosClass: pod.status?.qosClass ?? 'BestEffort',
    startTime: formatTime(facts.startMs),
  } as unknown as PodStatus
}

const COMPLETED = {reason: 'PodCompleted'}

/** Source: kubernetes `kubelet_pods.go` getPhase. */
function phaseOf(pod: Pod, {containers, initContainers}: PodFacts, initialized: boolean): string {
  const hasFailed = initContainers.some(({now}) => now.type === 'terminated' && now.exitCode !== 0)
  if (!initialized) return hasFailed && pod.spec?.restartPolicy === 'Never' ? 'Failed' : 'Pending'
  const ended = containers.flatMap(({now}) => (now.type === 'terminated' ? [now.exitCode] : []))
  const restarts = pod.spec?.restartPolicy ?? 'Always'
  const allEnded = ended.length === containers.length && restarts !== 'Always'
  if (allEnded) return ended.every((code) => code === 0) ? 'Succeeded' : restarts === 'Never' ? 'Failed' : 'Running'
  return containers.some(({now, restarts: count}) => now.type !== 'waiting' || count > 0) ? 'Running' : 'Pending'
}

function byName(containers: readonly ContainerState[]): readonly ContainerState[] {
  return [...containers].sort((a, b) => (a.name < b.name ? -1 : 1))
}

function containerStatus(container: ContainerState): Record<string, unknown> {
  return {
    ...(container.now.type === 'waiting' && container.restarts === 0 ? {} : {containerID: `tshift://${container.id}`}),
    image: container.image,
    imageID: container.now.type === 'waiting' && container.restarts === 0 ? '' : `tshift://${container.image}`,
    lastState: container.last === undefined ? {} : stateOf(container.last),
    name: container.name,
    ready: container.ready,
    restartCount: container.restarts,
    started: container.started,
    state: stateOf(container.now),
  }
}

/** One that has done its work counts as ready. Source: kubernetes `prober_manager.go` UpdatePodStatus. */
function initContainerStatus(container: ContainerState): Record<string, unknown> {
  const isDone = container.now.type === 'terminated' && container.now.exitCode === 0
  return {...containerStatus(container), ready: container.ready || isDone}
}

function stateOf(phase: Phase): Record<string, unknown> {
  switch (phase.type) {
    case 'waiting':
      return {waiting: {...(phase.message === undefined ? {} : {message: phase.message}), reason: phase.reason}}
    case 'running':
      return {running: {startedAt: formatTime(phase.startedMs)}}
    case 'terminated':
      return {
        terminated: {
          containerID: `tshift://${phase.id}`,
          exitCode: phase.exitCode,
          finishedAt: formatTime(phase.finishedMs),
          ...(phase.message === undefined ? {} : {message: phase.message}),
          reason: phase.reason,
          startedAt: formatTime(phase.startedMs),
        },
      }
  }
}

interface Condition {
  readonly type: string
  readonly status: string
  readonly reason?: string
  readonly message?: string
}

function withTime(condition: Condition, {metadata, status: before}: Pod, nowMs: number): Condition & Record<string, unknown> {
  const observed = metadata.generation === undefined ? {} : {observedGeneration: metadata.generation}
  const same = before?.conditions?.find(({type, status}) => type === condition.type && status === condition.status)
  return {lastProbeTime: null, lastTransitionTime: same?.lastTransitionTime ?? formatTime(nowMs), ...observed, ...condition}
}
