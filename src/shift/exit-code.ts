import type {ShiftState} from './state.js'

const ROLLED_BACK = 6
const PAUSED = 7

/**
 * What a shift ends its command with: 0 healthy (or on its way), 6 rolled back or aborted, 7 waiting for a person. Where it stopped at a step
 * that failed or was left open: 3 wrong split, 5 errors and the like, 4 inconclusive.
 */
export function shiftExitCode(state: Pick<ShiftState, 'phase' | 'results'>): number {
  const {phase} = state
  switch (phase.type) {
    case 'degraded':
      return phase.rolledBack ? ROLLED_BACK : failureCode(state)
    case 'rolling-back':
      return ROLLED_BACK
    case 'paused':
      return phase.why === 'failed' ? failureCode(state) : phase.why === 'inconclusive' ? 4 : phase.why === 'duration' ? 0 : PAUSED
    default:
      return 0
  }
}

function failureCode({results}: Pick<ShiftState, 'results'>): number {
  const failed = results.findLast((result) => result !== null)
  return failed?.reasons.every(({type}) => type === 'split') === true ? 3 : 5
}
