import type {TallyReport, Verdict} from './report.js'

const OF_VERDICT: Readonly<Record<Verdict, number>> = {CONSISTENT: 0, PASS: 0, COUNTED: 0, WRONG: 3, FAIL: 3, INCONCLUSIVE: 4}
const LIMIT_CROSSED = 5

/**
 * The exit code of a report, the same for every output format; the first that applies:
 *
 *   3  the split is wrong: WRONG or FAIL
 *   5  more errors than tolerated, or a threshold crossed
 *   4  INCONCLUSIVE
 *   0  CONSISTENT, PASS, COUNTED
 *
 * A wrong split comes first as it is the question asked; errors come before "cannot tell" because they often are the reason of it.
 */
export function exitCodeOf({verdict, errors, thresholds}: Pick<TallyReport, 'verdict' | 'errors' | 'thresholds'>): number {
  const ofVerdict = OF_VERDICT[verdict]
  if (ofVerdict === 3) return ofVerdict
  const isCrossed = errors.exceeded || thresholds.some(({crossed}) => crossed)
  return isCrossed ? LIMIT_CROSSED : ofVerdict
}
