import {eventType, type Event} from '../../api/kinds/event.js'
import type {ResourceType} from '../../api/resource-type.js'
import {isExpired} from '../../api/status-error.js'
import {UserError} from '../../base/user-error.js'
import type {Resources} from '../../resources/resources.js'
import {typeOf} from '../targets.js'

/** Which events `tshift events` is about. */
export interface EventsOptions {
  /** undefined: all of them. */
  readonly namespace: string | undefined
  readonly about?: {readonly kind: string; readonly name: string} | undefined
  /** `Normal`, `Warning` in any case; none means both. */
  readonly types: readonly string[]
}

/** Reads `--for TYPE/NAME`. Throws a UserError in kubectl's words. Source: kubectl `events.go` `decodeResourceTypeName`. */
export function parseAbout(text: string | undefined, among: readonly ResourceType[]): EventsOptions['about'] {
  if (text === undefined || text === '') return undefined
  const [type = '', name, ...others] = text.split('/')
  if (name === undefined) throw new UserError('--for must be in resource/name form')
  if (others.length > 0) throw new UserError('arguments in resource/name form may not have more than one slash')
  return {kind: typeOf(type, among, {isBare: true}).kind, name}
}

/** Throws a UserError in kubectl's words. */
export function requireEventTypes(types: readonly string[]): void {
  if (types.some((type) => !/^(normal|warning)$/i.test(type))) throw new UserError('valid --types are Normal or Warning')
}

/** The events there are, the oldest first, by when they were last seen, and the revision to watch from. */
export async function listEvents(options: EventsOptions, resources: Resources): Promise<{readonly events: readonly Event[]; readonly resourceVersion: string}> {
  const {items, resourceVersion} = await resources.list<Event>(eventType, {namespace: options.namespace})
  const events = items.filter((event) => isAsked(event, options)).sort((left, right) => timeOf(left) - timeOf(right))
  return {events, resourceVersion}
}

/** Events that come or come again after a revision, until `signal` aborts; those that expire are no news. */
export async function* watchEvents(after: string, {signal, ...options}: EventsOptions & {readonly signal: AbortSignal}, resources: Resources): AsyncIterable<Event> {
  let from = after
  while (!signal.aborted) {
    try {
      for await (const changes of resources.watch<Event>(eventType, from, {namespace: options.namespace, signal})) {
        for (const {type, object} of changes) {
          if (type !== 'deleted' && isAsked(object, options)) yield object
        }
      }
    } catch (error) {
      if (!isExpired(error)) throw error
      from = (await resources.list(eventType)).resourceVersion
    }
  }
}

function isAsked({involvedObject, type = ''}: Event, {about, types}: EventsOptions): boolean {
  const isAbout = about === undefined || (involvedObject.kind === about.kind && involvedObject.name === about.name)
  return isAbout && (types.length === 0 || types.some((wanted) => wanted.toLowerCase() === type.toLowerCase()))
}

/** Source: kubectl `events.go` `eventTime`. */
function timeOf({series, lastTimestamp, eventTime}: Event): number {
  return Date.parse((series === undefined ? (lastTimestamp ?? eventTime) : series.lastObservedTime) ?? '') || 0
}
