import {formatAge} from '../../api/age.js'

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const ZERO = 'Mon, 01 Jan 0001 00:00:00 +0000'

/** `Sat, 21 Nov 2026 02:49:13 +0000` in the local time zone; Go's zero time where there is none. Source: Go `time.RFC1123Z`. */
export function formatMoment(timestamp: string): string {
  const time = new Date(timestamp)
  if (Number.isNaN(time.getTime())) return ZERO
  const date = `${two(time.getDate())} ${MONTHS[time.getMonth()]} ${time.getFullYear()}`
  return `${DAYS[time.getDay()]}, ${date} ${clockOf(time)} ${zoneOf(time)}`
}

/** `2026-11-21 02:49:13 +0000 UTC`. Source: Go `time.Time.String`, which names the zone by its offset where it has no name. */
export function formatGoTime(timestamp: string): string {
  const time = new Date(timestamp)
  if (Number.isNaN(time.getTime())) return '0001-01-01 00:00:00 +0000 UTC'
  const zone = zoneOf(time)
  return `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())} ${clockOf(time)} ${zone} ${zone === '+0000' ? 'UTC' : zone}`
}

/** `5m3s`; `<unknown>` without a time. */
export function ageOf(timestamp: string, nowMs: number): string {
  return formatAge(timestamp === '' ? undefined : timestamp, nowMs)
}

function clockOf(time: Date): string {
  return [time.getHours(), time.getMinutes(), time.getSeconds()].map(two).join(':')
}

function zoneOf(time: Date): string {
  const minutes = -time.getTimezoneOffset()
  const size = Math.abs(minutes)
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}${two(size % 60)}`
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}
