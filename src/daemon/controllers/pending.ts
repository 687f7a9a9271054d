import type {ContainerStatus, Pod} from '../../api/kinds/pod.js'
import {formatTime} from '../../api/object.js'
import type {Action} from '../action.js'
import type {World} from '../world.js'

const MESSAGE = "0/1 nodes are available: the gateway is not running; start it with 'tshift gateway start'."

/**
 * Without a gateway process nothing runs: every pod is Pending, for the reason a scheduler would give, with the mend in it. Where the process was killed
 * its containers keep their numbers: their ends count as restarts.
 */
export function planPending(world: World, nowMs: number, {wasKilled = false}: {readonly wasKilled?: boolean} = {}): readonly Action[] {
  const waiting = world.pods.filter((pod) => pod.metadata.deletionTimestamp === undefined && !isPending(pod) && !isOver(pod))
  return waiting.flatMap((pod) => toPending(pod, nowMs, wasKilled))
}

function isOver({status}: Pod): boolean {
  return status?.phase === 'Succeeded' || status?.phase === 'Failed'
}

function isPending(pod: Pod): boolean {
  return pod.spec?.nodeName === undefined && (pod.status?.conditions?.some(({type, status}) => type === 'PodScheduled' && status === 'False') ?? false)
}

function toPending(pod: Pod, nowMs: number, wasKilled: boolean): readonly Action[] {
  const {nodeName, ...spec} = pod.spec ?? {containers: []}
  const unbound = {...pod, spec}
  const statuses = pod.status?.containerStatuses
  const observed = pod.metadata.generation === undefined ? {} : {observedGeneration: pod.metadata.generation}
  const why = {message: MESSAGE, reason: 'Unschedulable'}
  const status = {
    phase: 'Pending',
    conditions: [{lastProbeTime: null, lastTransitionTime: formatTime(nowMs), ...observed, ...why, status: 'False', type: 'PodScheduled'}],
    ...observed,
    qosClass: pod.status?.qosClass ?? 'BestEffort',
    ...(wasKilled && statuses !== undefined ? {containerStatuses: statuses.map((container) => ended(container, formatTime(nowMs)))} : {}),
  }
  const {resourceVersion: _, ...metadata} = pod.metadata
  const report: Action = {type: 'status', object: {...unbound, metadata, status} as Pod}
  return nodeName === undefined ? [report] : [{type: 'update', object: unbound as Pod}, report]
}

/** When exactly it ended nobody saw. */
function ended(container: ContainerStatus, now: string): ContainerStatus {
  const started = container.state?.running?.startedAt
  const {containerID, state: {terminated} = {}} = container
  const unseen = {exitCode: 255, reason: 'Unknown', finishedAt: now, ...(started === undefined ? {} : {startedAt: started}), ...(containerID === undefined ? {} : {containerID})}
  const last = started === undefined ? terminated : unseen
  return {...container, ready: false, started: false, state: {waiting: {}}, ...(last === undefined ? {} : {lastState: {terminated: last}})}
}
