import type {Pod} from '../../api/kinds/pod.js'
import {isServing, readySince} from '../../daemon/controllers/pod-readiness.js'

type Compare = (a: Pod, b: Pod) => number

/** The pod to work with comes first: bound, running, ready, for longer, restarted less, older. Source: kubectl `podutils.ActivePods`, turned round. */
export const byUsefulness: Compare = (a, b) => byLife(a, b) || restarts(a) - restarts(b) || byAge(a, b)

/** The pod whose log says most comes first: as above, but restarted more. Source: kubectl `podutils.ByLogging`. */
export const byLogging: Compare = (a, b) => byLife(a, b) || restarts(b) - restarts(a) || byAge(a, b)

const PHASES = ['Running', 'Unknown', 'Pending']

function byLife(a: Pod, b: Pod): number {
  return rank(isBound(a), isBound(b)) || phase(a) - phase(b) || rank(isServing(a), isServing(b)) || readyTime(a) - readyTime(b)
}

function rank(a: boolean, b: boolean): number {
  return Number(b) - Number(a)
}

function isBound({spec}: Pod): boolean {
  return (spec?.nodeName ?? '') !== ''
}

/** A pod that is over counts as running: kubectl does not rank it. */
function phase({status}: Pod): number {
  return Math.max(0, PHASES.indexOf(status?.phase ?? 'Pending'))
}

function readyTime(pod: Pod): number {
  return isServing(pod) ? (readySince(pod) ?? 0) : 0
}

function restarts({status}: Pod): number {
  return Math.max(0, ...(status?.containerStatuses ?? []).map(({restartCount}) => restartCount))
}

function byAge(a: Pod, b: Pod): number {
  const created = ({metadata}: Pod) => metadata.creationTimestamp ?? ''
  return created(a) < created(b) ? -1 : created(a) > created(b) ? 1 : a.metadata.name < b.metadata.name ? -1 : 1
}
