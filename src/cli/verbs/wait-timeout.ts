import {UserError} from '../../base/user-error.js'

const UNITS: Readonly<Record<string, number>> = {ns: 1e-6, us: 1e-3, 'µs': 1e-3, ms: 1, s: 1000, m: 60_000, h: 3_600_000}
const WEEK = 7 * 24 * 3_600_000
const PARTS = /(\d+\.?\d*|\.\d+)(ns|us|µs|ms|s|m|h)/g

/**
 * `--timeout` of `wait` in milliseconds: a duration as Go writes it (`90s`, `1m30s`), 0 to look once, a week for a negative one.
 * Throws a UserError in kubectl's words.
 */
export function parseWaitTimeout(text: string): number {
  const [, sign = '', size = ''] = /^([+-]?)(.*)$/s.exec(text) ?? []
  if (size === '0') return 0
  const parts = [...size.matchAll(PARTS)]
  if (parts.length === 0 || parts.map(([part]) => part).join('') !== size) {
    const reason = /^[\d.]+$/.test(size) ? 'missing unit in duration' : 'invalid duration'
    throw new UserError(`invalid argument ${JSON.stringify(text)} for "--timeout" flag: time: ${reason} ${JSON.stringify(text)}`)
  }
  const ms = parts.reduce((sum, [, number, unit = '']) => sum + Number(number) * (UNITS[unit] ?? 0), 0)
  if (ms === 0) return 0
  return sign === '-' ? WEEK : Math.min(Math.max(ms, 1), WEEK)
}
