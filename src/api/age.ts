const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const YEAR = 365 * DAY

/**
 * A duration as kubectl's AGE column prints it: `68s`, `5m3s`, `3h`, `4d2h`.
 * Source: apimachinery `duration.HumanDuration`.
 */
export function formatDuration(ms: number): string {
  if (ms < -1 * SECOND) return '<invalid>'
  if (ms < 0) return '0s'
  const whole = (unit: number) => Math.floor(ms / unit)
  const rest = (unit: number, sub: number) => Math.floor((ms % unit) / sub)
  const pair = (unit: number, u: string, sub: number, s: string) => {
    const tail = rest(unit, sub)
    return tail === 0 ? `${whole(unit)}${u}` : `${whole(unit)}${u}${tail}${s}`
  }
  if (ms < 2 * MINUTE) return `${whole(SECOND)}s`
  if (ms < 10 * MINUTE) return pair(MINUTE, 'm', SECOND, 's')
  if (ms < 3 * HOUR) return `${whole(MINUTE)}m`
  if (ms < 8 * HOUR) return pair(HOUR, 'h', MINUTE, 'm')
  if (ms < 2 * DAY) return `${whole(HOUR)}h`
  if (ms < 8 * DAY) return pair(DAY, 'd', HOUR, 'h')
  if (ms < 2 * YEAR) return `${whole(DAY)}d`
  if (ms < 8 * YEAR) return pair(YEAR, 'y', DAY, 'd')
  return `${whole(YEAR)}y`
}

/** The age of something created at an RFC 3339 `timestamp`; `<unknown>` without one. */
export function formatAge(timestamp: string | undefined, nowMs: number): string {
  return timestamp === undefined ? '<unknown>' : formatDuration(nowMs - Date.parse(timestamp))
}
