import {UserError} from '../base/user-error.js'

const UNITS: Readonly<Record<string, number>> = {ms: 1, s: 1000, m: 60_000, h: 3_600_000}

/** `500ms`, `5s`, `1m30s`, or plain seconds, in milliseconds. Throws a UserError (exit code 2) that names the flag. */
export function parseDuration(text: string, flag: string): number {
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)]
  if (parts.length === 0 || parts.map(([whole]) => whole).join('') !== text) {
    throw new UserError(`${flag} is a duration such as 500ms, 5s or 1m, not "${text}"`, {exitCode: 2})
  }
  return parts.reduce((sum, [, number, unit]) => sum + Number(number) * (UNITS[unit ?? ''] ?? 0), 0)
}
