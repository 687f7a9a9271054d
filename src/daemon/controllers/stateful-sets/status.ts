import type {Pod} from '../../../api/kinds/pod.js'
import type {StatefulSet, StatefulSetStatus} from '../../../api/kinds/stateful-set.js'
import {POD_REVISION} from '../revisions/choose-revision.js'
import {isAvailable, isRunningAndReady, isTerminating, type Moment} from './members.js'

export interface StatusFacts {
  /** The set's own. */
  readonly pods: readonly Pod[]
  /** Names of ControllerRevisions. */
  readonly current: string
  readonly update: string
  readonly moment: Moment
}

/** The status as the controller writes it. Source: kubernetes `computeReplicaStatus`, `completeRollingUpdate`. */
export function statefulSetStatus({metadata, spec, status}: StatefulSet, {pods, current, update, moment}: StatusFacts): StatefulSetStatus {
  const ofRevision = (name: string) => pods.filter((pod) => !isTerminating(pod) && pod.metadata.labels?.[POD_REVISION] === name).length
  const replicas = pods.length
  const readyReplicas = pods.filter(isRunningAndReady).length
  const updatedReplicas = ofRevision(update)
  const wanted = spec.replicas ?? 1
  const isRolling = spec.updateStrategy?.type === 'RollingUpdate'
  const isComplete = isRolling && updatedReplicas === wanted && readyReplicas === wanted && replicas === wanted
  const counts = {currentReplicas: isComplete ? updatedReplicas : ofRevision(current), readyReplicas, updatedReplicas}
  return {
    availableReplicas: pods.filter((pod) => isAvailable(pod, moment)).length,
    collisionCount: status?.collisionCount ?? 0,
    ...Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0)),
    currentRevision: isComplete ? update : current,
    observedGeneration: metadata.generation ?? 1,
    replicas,
    updateRevision: update,
  }
}
