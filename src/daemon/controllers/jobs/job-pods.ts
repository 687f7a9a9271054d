import type {Job} from '../../../api/kinds/job.js'
import type {Pod} from '../../../api/kinds/pod.js'

/** Holds a pod until its end is counted in its Job's status. */
export const TRACKING = 'batch.kubernetes.io/job-tracking'
export const INDEX = 'batch.kubernetes.io/job-completion-index'

export function isHeld({metadata}: Pod): boolean {
  return metadata.finalizers?.includes(TRACKING) ?? false
}

export function hasSucceeded({status}: Pod): boolean {
  return status?.phase === 'Succeeded'
}

/** Whether a pod counts as failed: one that is deleted does, though with the policy `Failed` only once it is over. Source: kubernetes `isPodFailed`. */
export function hasFailed({spec}: Job, {metadata, status}: Pod): boolean {
  if (status?.phase === 'Failed') return true
  if (metadata.deletionTimestamp === undefined || status?.phase === 'Succeeded') return false
  return spec.podReplacementPolicy !== 'Failed' || metadata.deletionGracePeriodSeconds === 0
}

export function isActive({metadata, status}: Pod): boolean {
  return metadata.deletionTimestamp === undefined && status?.phase !== 'Failed' && status?.phase !== 'Succeeded'
}

/** On its way out, with something of it still running. */
export function isTerminating({metadata, status}: Pod): boolean {
  const isOver = status?.phase === 'Failed' || status?.phase === 'Succeeded' || metadata.deletionGracePeriodSeconds === 0
  return metadata.deletionTimestamp !== undefined && !isOver
}

/** Of an Indexed Job's pod; undefined for others. */
export function indexOf({metadata}: Pod): number | undefined {
  const text = metadata.annotations?.[INDEX]
  return text === undefined ? undefined : Number(text)
}

/** When (ms) a pod that is over ended. */
export function finishedAt({metadata, status}: Pod): number {
  const ends = (status?.containerStatuses ?? []).flatMap(({state}) => state?.terminated?.finishedAt ?? [])
  const latest = [...ends, ...(metadata.deletionTimestamp === undefined ? [] : [metadata.deletionTimestamp])].sort().at(-1)
  return Date.parse(latest ?? metadata.creationTimestamp ?? '')
}
