import type {Pod} from '../../api/kinds/pod.js'
import {formatTime} from '../../api/object.js'
import type {Action} from '../action.js'
import type {World} from '../world.js'

const MESSAGE = "0/1 nodes are available: the gateway is not running; start it with 'tshift gateway start'."

/** Without a gateway process nothing runs: every pod is Pending, for the reason a scheduler would give, with the mend in it. */
export function planPending(world: World, nowMs: number): readonly Action[] {
  return world.pods.filter((pod) => pod.metadata.deletionTimestamp === undefined && !isPending(pod) && !isOver(pod)).flatMap((pod) => toPending(pod, nowMs))
}

function isOver({status}: Pod): boolean {
  return status?.phase === 'Succeeded' || status?.phase === 'Failed'
}

function isPending(pod: Pod): boolean {
  return pod.spec?.nodeName === undefined && (pod.status?.conditions?.some(({type, status}) => type === 'PodScheduled' && status === 'False') ?? false)
}

function toPending(pod: Pod, nowMs: number): readonly Action[] {
  const {nodeName, ...spec} = pod.spec ?? {containers: []}
  const unbound = {...pod, spec}
  const status = {
    phase: 'Pending',
    conditions: [{lastProbeTime: null, lastTransitionTime: formatTime(nowMs), message: MESSAGE, reason: 'Unschedulable', status: 'False', type: 'PodScheduled'}],
    qosClass: 'BestEffort',
  }
  const {resourceVersion: _, ...metadata} = pod.metadata
  const report: Action = {type: 'status', object: {...unbound, metadata, status} as Pod}
  return nodeName === undefined ? [report] : [{type: 'update', object: unbound as Pod}, report]
}
