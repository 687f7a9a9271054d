/** A condition as it should be; when it became so, and of which generation that is said, is added where statuses are written. */
export interface ConditionFact {
  readonly type: string
  readonly status: 'True' | 'False'
  readonly reason: string
  readonly message: string
}

/** What is wrong with a reference or a listener, in Istio's words. */
export interface Problem {
  readonly reason: string
  readonly message: string
}

/** A condition that is true, or false for a reason. */
export function condition(type: string, good: Problem, problem?: Problem): ConditionFact {
  return problem === undefined ? {type, status: 'True', ...good} : {type, status: 'False', ...problem}
}
