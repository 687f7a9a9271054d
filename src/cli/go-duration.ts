import {UserError} from '../base/user-error.js'

const UNITS: Readonly<Record<string, number>> = {ns: 1e-6, us: 1e-3, µs: 1e-3, ms: 1, s: 1000, m: 60_000, h: 3_600_000}

/** A duration as Go reads it (`1h30m`, `-5s`, `0`), in milliseconds. Throws a UserError in the words of kubectl's flags. Source: Go `time.ParseDuration`. */
export function goDuration(text: string, flag: string, verb: string): number {
  const [, sign, rest = ''] = /^([+-]?)(.*)$/s.exec(text) ?? []
  if (rest === '0') return 0
  const parts = [...rest.matchAll(/(\d+\.?\d*|\.\d+)(ns|us|µs|ms|s|m|h)/g)]
  if (rest === '' || parts.map(([whole]) => whole).join('') !== rest) {
    const why = /^\d+(\.\d*)?$/.test(rest) ? 'missing unit in duration' : 'invalid duration'
    throw new UserError(`invalid argument "${text}" for "--${flag}" flag: time: ${why} "${text}"`, {hint: `See 'tshift ${verb} --help' for usage.`})
  }
  const ms = parts.reduce((sum, [, number, unit = '']) => sum + Number(number) * (UNITS[unit] ?? 0), 0)
  return sign === '-' ? -ms : ms
}
