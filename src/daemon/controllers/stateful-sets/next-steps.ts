import type {Pod} from '../../../api/kinds/pod.js'
import type {StatefulSet} from '../../../api/kinds/stateful-set.js'
import {POD_REVISION} from '../revisions/choose-revision.js'
import {isAvailable, isOver, isTerminating, isUnavailable, type Members, type Moment} from './members.js'
import {startOf} from './ordinal.js'

/** What a StatefulSet does next about one of its pods. */
export type Step = {readonly type: 'create'; readonly ordinal: number} | {readonly type: 'delete'; readonly pod: Pod}

/** Steps to make now; `isHeld` where something has to happen before any others come up. */
interface Phase {
  readonly steps: readonly Step[]
  readonly isHeld: boolean
}

/** What the set is to become: `revision` names the ControllerRevision of its present template. */
export interface Aim extends Members {
  readonly set: StatefulSet
  readonly revision: string
  readonly moment: Moment
}

/**
 * The next steps: missing pods are made from the lowest ordinal up, surplus ones go from the highest down, and then pods of other revisions go,
 * again from the highest down. In order, each step waits for the pods before it to be available; in parallel, all are made at once.
 * Source: kubernetes `updateStatefulSet`.
 */
export function nextSteps(aim: Aim): readonly Step[] {
  const isParallel = aim.set.spec.podManagementPolicy === 'Parallel'
  const filled = isParallel ? fillAll(aim) : fillInOrder(aim)
  if (filled.isHeld) return filled.steps
  const shrunk = isParallel ? shrinkAll(aim) : shrinkInOrder(aim)
  const steps = [...filled.steps, ...shrunk.steps]
  return shrunk.isHeld ? steps : [...steps, ...updateSteps(aim)]
}

function fillAll({set, replicas}: Aim): Phase {
  return {steps: replicas.flatMap((pod, index) => fillOne(set, pod, index)), isHeld: false}
}

/** One that has ended is replaced; that it ended well is no different. */
function fillOne(set: StatefulSet, pod: Pod | undefined, index: number): readonly Step[] {
  if (pod === undefined) return [{type: 'create', ordinal: startOf(set) + index}]
  return isOver(pod) && !isTerminating(pod) ? [{type: 'delete', pod}] : []
}

function fillInOrder({set, replicas, moment}: Aim): Phase {
  const index = replicas.findIndex((pod) => isUnavailable(pod, moment))
  return index === -1 ? {steps: [], isHeld: false} : {steps: fillOne(set, replicas[index], index), isHeld: true}
}

function shrinkAll({condemned}: Aim): Phase {
  return {steps: condemned.filter((pod) => !isTerminating(pod)).map((pod) => ({type: 'delete', pod})), isHeld: false}
}

/** Only the lowest of those that are not available may go before it is: the others wait for it. */
function shrinkInOrder({condemned, moment}: Aim): Phase {
  const [next] = condemned
  if (next === undefined) return {steps: [], isHeld: false}
  const lowestUnavailable = condemned.findLast((pod) => isUnavailable(pod, moment))
  const mayGo = !isTerminating(next) && (isAvailable(next, moment) || next === lowestUnavailable)
  return {steps: mayGo ? [{type: 'delete', pod: next}] : [], isHeld: true}
}

function updateSteps({set, replicas, revision, moment}: Aim): readonly Step[] {
  const {type = 'RollingUpdate', rollingUpdate = {}} = set.spec.updateStrategy ?? {}
  if (type !== 'RollingUpdate') return []
  const {partition = 0, maxUnavailable = 1} = rollingUpdate
  const room = mostUnavailable(maxUnavailable, replicas.length) - replicas.filter((pod) => isUnavailable(pod, moment)).length
  const old = replicas.slice(partition).filter((pod): pod is Pod => pod !== undefined && !isTerminating(pod) && pod.metadata.labels?.[POD_REVISION] !== revision)
  return old.toReversed().slice(0, Math.max(0, room)).map((pod) => ({type: 'delete', pod}))
}

/** A share is rounded up, and never lets none go. Source: kubernetes `getStatefulSetMaxUnavailable`. */
function mostUnavailable(value: number | string, replicas: number): number {
  return Math.max(1, typeof value === 'number' ? value : Math.ceil((Number.parseInt(value, 10) * replicas) / 100))
}
