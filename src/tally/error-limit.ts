import {UserError} from '../base/user-error.js'

/** How many connections may fail: a number of them, or a share of all that were tried. */
export type ErrorLimit = {readonly type: 'count'; readonly most: number} | {readonly type: 'rate'; readonly most: number}

/** `--max-errors`: `0`, `3`, `0.5%` → limit. Throws UserError with exit code 2. */
export function parseErrorLimit(text: string): ErrorLimit {
  const [, digits, sign] = /^\s*(\d+(?:\.\d+)?)\s*(%?)\s*$/.exec(text) ?? []
  if (digits === undefined) throw usage(`cannot read "${text}" as a limit of errors`)
  const value = Number(digits)
  if (sign === '%') {
    if (value > 100) throw usage(`${value}% of the connections is more than all of them`)
    return {type: 'rate', most: value / 100}
  }
  if (!Number.isInteger(value)) throw usage(`${value} is no number of connections`)
  return {type: 'count', most: value}
}

/** Do `failed` connections of `tried` exceed the limit? The observed number decides: what it says of the long run is `upper95` of the report. */
export function isExceeded(limit: ErrorLimit | undefined, failed: number, tried: number): boolean {
  if (limit === undefined) return false
  return failed > (limit.type === 'count' ? limit.most : limit.most * tried)
}

function usage(message: string): UserError {
  return new UserError(message, {hint: 'write a number of connections, --max-errors 0, or a share of them, --max-errors 1%', exitCode: 2})
}
