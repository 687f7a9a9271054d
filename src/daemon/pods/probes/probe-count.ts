/** How often in a row a probe has answered the same. */
export interface ProbeCount {
  readonly last: 'success' | 'failure' | undefined
  readonly times: number
}

export interface Thresholds {
  readonly successThreshold?: number
  readonly failureThreshold?: number
}

export const NO_ANSWER: ProbeCount = {last: undefined, times: 0}

/** Takes one more answer; `verdict` where its threshold is reached. Source: kubernetes `prober/worker.go` doProbe. */
export function countAnswer(
  {last, times}: ProbeCount,
  answer: 'success' | 'failure',
  {successThreshold = 1, failureThreshold = 3}: Thresholds,
): {readonly count: ProbeCount; readonly verdict: 'success' | 'failure' | undefined} {
  const count = {last: answer, times: last === answer ? times + 1 : 1}
  const needed = answer === 'success' ? successThreshold : failureThreshold
  return {count, verdict: count.times >= needed ? answer : undefined}
}
