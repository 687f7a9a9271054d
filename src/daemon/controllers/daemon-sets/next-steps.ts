import type {DaemonSet} from '../../../api/kinds/daemon-set.js'
import type {Pod} from '../../../api/kinds/pod.js'
import {availableAt, isReady} from '../pod-readiness.js'
import {POD_REVISION} from '../revisions/choose-revision.js'

export interface Look {
  readonly set: DaemonSet
  /** The set's own. */
  readonly pods: readonly Pod[]
  /** Of the present template. */
  readonly hash: string
  /** Whether the node is to have a pod. */
  readonly isWanted: boolean
  readonly nowMs: number
}

export interface Steps {
  readonly isMade: boolean
  readonly deleted: readonly Pod[]
}

/** Whether a pod is there to stay and has not ended. */
export function isPresent({metadata, status}: Pod): boolean {
  return metadata.deletionTimestamp === undefined && status?.phase !== 'Failed' && status?.phase !== 'Succeeded'
}

export function isOfHash({metadata}: Pod, hash: string): boolean {
  return metadata.labels?.[POD_REVISION] === hash
}

export function isAvailable(pod: Pod, {set, nowMs}: Pick<Look, 'set' | 'nowMs'>): boolean {
  return isReady(pod) && availableAt(pod, set.spec.minReadySeconds ?? 0) <= nowMs
}

/**
 * What comes next: one pod where one is wanted, those that ended and those too many gone, and an old one replaced: after its end, or with a surge once
 * the new one is available. Source: kubernetes daemon controller `podsShouldBeOnNode`, `rollingUpdate`.
 */
export function nextSteps(look: Look): Steps {
  const {pods, hash, isWanted} = look
  const staying = pods.filter(({metadata}) => metadata.deletionTimestamp === undefined)
  if (!isWanted) return {isMade: false, deleted: staying}
  const over = staying.filter((pod) => !isPresent(pod))
  const present = staying.filter(isPresent)
  const newest = oldestFirst(present.filter((pod) => isOfHash(pod, hash)))
  const old = oldestFirst(present.filter((pod) => !isOfHash(pod, hash)))
  const surplus = [...newest.slice(1), ...old.slice(1)]
  const replaced = replacedNow(look, newest[0], old[0])
  const isGone = pods.length === 0
  const isSurged = isRolling(look.set) && hasSurge(look.set) && newest.length === 0 && old.length > 0
  return {isMade: isGone || isSurged, deleted: [...over, ...surplus, ...replaced]}
}

function isRolling({spec}: DaemonSet): boolean {
  return (spec.updateStrategy?.type ?? 'RollingUpdate') === 'RollingUpdate'
}

function hasSurge({spec}: DaemonSet): boolean {
  return Number.parseInt(String(spec.updateStrategy?.rollingUpdate?.maxSurge ?? 0), 10) > 0
}

/** An old pod beside a new one goes when that is available; one alone goes first, unless a new one may come beside it. */
function replacedNow(look: Look, newest: Pod | undefined, old: Pod | undefined): readonly Pod[] {
  if (old === undefined) return []
  if (newest !== undefined) return isAvailable(newest, look) ? [old] : []
  return isRolling(look.set) && !hasSurge(look.set) ? [old] : []
}

function oldestFirst(pods: readonly Pod[]): readonly Pod[] {
  return [...pods].sort((a, b) => (a.metadata.creationTimestamp ?? '').localeCompare(b.metadata.creationTimestamp ?? '') || a.metadata.name.localeCompare(b.metadata.name))
}
