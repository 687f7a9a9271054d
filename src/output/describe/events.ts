import type {KubeObject} from '../../api/object.js'
import {fieldsOf, type Fields} from './fields.js'
import {tableLines} from './metadata.js'
import type {Surroundings} from './surroundings.js'
import {ageOf} from './times.js'

/** The table of events, the latest last; nothing where events are not wanted. Source: kubectl `describe.DescribeEvents`. */
export function eventLines({events, nowMs}: Pick<Surroundings, 'events' | 'nowMs'>): readonly string[] {
  if (events === undefined) return []
  if (events.length === 0) return ['Events:\t<none>']
  const rows = [...events].sort(byLastTime).map((event) => eventRow(fieldsOf(event), nowMs))
  return ['Events:', ...tableLines(['Type', 'Reason', 'Age', 'From', 'Message'], ['----', '------', '----', '----', '-------'], rows)]
}

function byLastTime(left: KubeObject, right: KubeObject): number {
  return lastTime(left) - lastTime(right)
}

/** An event that never recurred has none, and comes first. */
function lastTime(event: KubeObject): number {
  const time = Date.parse(fieldsOf(event).text('lastTimestamp'))
  return Number.isNaN(time) ? Number.NEGATIVE_INFINITY : time
}

function eventRow(event: Fields, nowMs: number): readonly string[] {
  const source = event.text('source.component') || event.text('reportingComponent')
  return [event.text('type'), event.text('reason'), intervalOf(event, nowMs), source, messageOf(event)]
}

/** The part of the object it is about comes first, e.g. `spec.containers{web}: `. */
function messageOf(event: Fields): string {
  const part = event.text('involvedObject.fieldPath')
  return `${part === '' ? '' : `${part}: `}${event.text('message').trim()}`
}

/** `3s (x4 over 2m)` for one that came several times. */
function intervalOf(event: Fields, nowMs: number): string {
  const first = ageOf(event.text('eventTime') || event.text('firstTimestamp'), nowMs)
  if (event.has('series')) return `${ageOf(event.text('series.lastObservedTime'), nowMs)} (x${event.number('series.count')} over ${first})`
  if (event.number('count') > 1) return `${ageOf(event.text('lastTimestamp'), nowMs)} (x${event.number('count')} over ${first})`
  return first
}
