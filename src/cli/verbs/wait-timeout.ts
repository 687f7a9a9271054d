import {goDuration} from '../go-duration.js'

const WEEK = 7 * 24 * 3_600_000

/**
 * `--timeout` of `wait` in milliseconds: a duration as Go writes it (`90s`, `1m30s`), 0 to look once, a week for a negative one.
 * Throws a UserError in kubectl's words.
 */
export function parseWaitTimeout(text: string): number {
  const ms = goDuration(text, 'timeout', 'wait')
  if (ms === 0) return 0
  return ms < 0 ? WEEK : Math.min(Math.max(ms, 1), WEEK)
}
