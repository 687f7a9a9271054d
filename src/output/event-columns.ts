import {formatAge} from '../api/age.js'
import type {Event} from '../api/kinds/event.js'
import type {Column} from '../api/resource-type.js'
import type {PrintedType} from './section.js'

/**
 * Events as `kubectl events` shows them: the kind of what they are about as it is written, no name, and how often they came.
 * Source: kubectl `events/event_printer.go`.
 */
export const eventsView: PrintedType = {
  group: '',
  kind: 'Event',
  namespaced: true,
  columns: [
    {name: 'Last Seen', cell: lastSeen},
    {name: 'Type', cell: ({type = ''}: Event) => type},
    {name: 'Reason', cell: ({reason = ''}: Event) => reason},
    {name: 'Object', cell: ({involvedObject: {kind = '', name = ''}}: Event) => `${kind}/${name}`},
    {name: 'Message', cell: ({message = ''}: Event) => message.trim()},
    // Tables begin with the name unless the columns place it; here it is not shown at all.
    {name: 'Name', wide: true, cell: ({metadata}) => metadata.name},
  ] satisfies readonly Column[],
}

function lastSeen({eventTime, firstTimestamp, lastTimestamp, series, count = 0}: Event, nowMs: number): string {
  const first = formatAge(eventTime ?? firstTimestamp, nowMs)
  if (series !== undefined) return `${formatAge(series.lastObservedTime, nowMs)} (x${series.count ?? 0} over ${first})`
  return count > 1 ? `${formatAge(lastTimestamp, nowMs)} (x${count} over ${first})` : first
}
