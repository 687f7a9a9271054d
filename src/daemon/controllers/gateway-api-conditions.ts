import type {Condition} from '../../api/kinds/gateway-api/conditions.js'
import {formatTime} from '../../api/object.js'
import type {ConditionFact} from '../../routing/gateway-api/condition.js'

export interface ConditionMoment {
  /** Of the object that is spoken of. */
  readonly generation: number
  readonly nowMs: number
}

/** Puts facts in place of what was said before, by type; others stay. The time changes with the status only (istio kstatus). */
export function withConditions(before: readonly Condition[], facts: readonly ConditionFact[], {generation, nowMs}: ConditionMoment): readonly Condition[] {
  const updated = facts.map((fact): Condition => {
    const old = before.find(({type}) => type === fact.type)
    const lastTransitionTime = old?.status === fact.status && old.lastTransitionTime !== undefined ? old.lastTransitionTime : formatTime(nowMs)
    return {...fact, lastTransitionTime, observedGeneration: generation}
  })
  const kept = before.map((condition) => updated.find(({type}) => type === condition.type) ?? condition)
  return [...kept, ...updated.filter(({type}) => !before.some((condition) => condition.type === type))]
}
