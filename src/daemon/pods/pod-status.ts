import type {Pod, PodStatus} from '../../api/kinds/pod.js'
import {formatTime} from '../../api/object.js'
import type {ContainerState, Phase} from './container-state.js'

export interface PodFacts {
  readonly podIP: string
  readonly startMs: number
  readonly nowMs: number
  readonly initContainers: readonly ContainerState[]
  readonly containers: readonly ContainerState[]
}

/** The status the kubelet reports for a pod. Conditions keep their times while they stay what they were. */
export function podStatus(pod: Pod, facts: PodFacts): PodStatus {
  const initialized = facts.initContainers.every(({now}) => now.type === 'terminated' && now.exitCode === 0)
  const ready = initialized && facts.containers.every((container) => container.ready)
  const unready = facts.containers.filter((container) => !container.ready).map(({name}) => name)
  const why = unready.length === 0 ? {} : {reason: 'ContainersNotReady', message: `containers with unready status: [${unready.join(' ')}]`}
  const conditions = [
    {type: 'PodReadyToStartContainers', is: true},
    {type: 'Initialized', is: initialized},
    {type: 'Ready', is: ready, ...why},
    {type: 'ContainersReady', is: ready, ...why},
    {type: 'PodScheduled', is: true},
  ].map(({is, ...condition}) => withTime({...condition, status: is ? 'True' : 'False'}, pod.status, facts.nowMs))
  return {
    conditions,
    containerStatuses: byName(facts.containers).map(containerStatus),
    hostIP: '127.0.0.1',
    hostIPs: [{ip: '127.0.0.1'}],
    ...(facts.initContainers.length === 0 ? {} : {initContainerStatuses: facts.initContainers.map(containerStatus)}),
    phase: phaseOf(pod, facts, initialized),
    podIP: facts.podIP,
    podIPs: [{ip: facts.podIP}],
    qosClass: 'BestEffort',
    startTime: formatTime(facts.startMs),
  } as unknown as PodStatus
}

function phaseOf(pod: Pod, {containers}: PodFacts, initialized: boolean): string {
  if (!initialized) return 'Pending'
  const ended = containers.flatMap(({now}) => (now.type === 'terminated' ? [now.exitCode] : []))
  const restarts = pod.spec?.restartPolicy ?? 'Always'
  if (ended.length === containers.length && restarts !== 'Always') return ended.every((code) => code === 0) ? 'Succeeded' : restarts === 'Never' ? 'Failed' : 'Running'
  return containers.some(({now, restarts: count}) => now.type !== 'waiting' || count > 0) ? 'Running' : 'Pending'
}

function byName(containers: readonly ContainerState[]): readonly ContainerState[] {
  return [...containers].sort((a, b) => (a.name < b.name ? -1 : 1))
}

function containerStatus(container: ContainerState): Record<string, unknown> {
  return {
    ...(container.now.type === 'waiting' && container.restarts === 0 ? {} : {containerID: `tshift://${container.id}`}),
    image: container.image,
    imageID: `tshift://${container.image}`,
    lastState: container.last === undefined ? {} : stateOf(container.last),
    name: container.name,
    ready: container.ready,
    restartCount: container.restarts,
    started: container.now.type === 'running',
    state: stateOf(container.now),
  }
}

function stateOf(phase: Phase): Record<string, unknown> {
  switch (phase.type) {
    case 'waiting':
      return {waiting: {...(phase.message === undefined ? {} : {message: phase.message}), reason: phase.reason}}
    case 'running':
      return {running: {startedAt: formatTime(phase.startedMs)}}
    case 'terminated':
      return {
        terminated: {exitCode: phase.exitCode, finishedAt: formatTime(phase.finishedMs), reason: phase.reason, startedAt: formatTime(phase.startedMs)},
      }
  }
}

interface Condition {
  readonly type: string
  readonly status: string
  readonly reason?: string
  readonly message?: string
}

function withTime(condition: Condition, before: PodStatus | undefined, nowMs: number): Condition & Record<string, unknown> {
  const same = before?.conditions?.find(({type, status}) => type === condition.type && status === condition.status)
  return {lastProbeTime: null, lastTransitionTime: same?.lastTransitionTime ?? formatTime(nowMs), ...condition}
}
