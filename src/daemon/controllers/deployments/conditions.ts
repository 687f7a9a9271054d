import type {DeploymentCondition} from '../../../api/kinds/deployment.js'
import {formatTime} from '../../../api/object.js'

export type ConditionFact = Required<Pick<DeploymentCondition, 'type' | 'status' | 'reason' | 'message'>>

/**
 * The conditions with one set: last, where it is new or has another status or reason, else as it was. Times move only with the status.
 * Source: kubernetes deployment_util.go `SetDeploymentCondition`.
 */
export function withCondition(conditions: readonly DeploymentCondition[], fact: ConditionFact, nowMs: number): readonly DeploymentCondition[] {
  const before = conditions.find(({type}) => type === fact.type)
  if (before?.status === fact.status && before.reason === fact.reason) return conditions
  return [...conditions.filter(({type}) => type !== fact.type), stamped(fact, before, nowMs)]
}

/** As `withCondition`, but the time of the last update moves in any case: that there was progress is news. */
export function withProgress(conditions: readonly DeploymentCondition[], fact: ConditionFact, nowMs: number): readonly DeploymentCondition[] {
  const before = conditions.find(({type}) => type === fact.type)
  return [...conditions.filter(({type}) => type !== fact.type), stamped(fact, before, nowMs)]
}

function stamped({type, status, reason, message}: ConditionFact, before: DeploymentCondition | undefined, nowMs: number): DeploymentCondition {
  const now = formatTime(nowMs)
  return {lastTransitionTime: before?.status === status ? (before.lastTransitionTime ?? now) : now, lastUpdateTime: now, message, reason, status, type}
}
