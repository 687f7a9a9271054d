import {expect, test} from 'vitest'
import type {Event} from '../../../src/api/kinds/event.js'
import {knownTypes} from '../../../src/api/registry.js'
import {UserError} from '../../../src/base/user-error.js'
import {listEvents, parseAbout, requireEventTypes, watchEvents} from '../../../src/cli/verbs/events.js'
import {eventsView} from '../../../src/output/event-columns.js'
import {printerFor} from '../../../src/output/printers.js'
import {freshCluster, NOW} from '../../help/cluster.js'

const at = (seconds: number) => new Date(NOW - seconds * 1000).toISOString().replace('.000Z', 'Z')
const event = (name: string, more: Partial<Event>): Event => ({
  apiVersion: 'v1',
  kind: 'Event',
  metadata: {name, namespace: 'default'},
  involvedObject: {kind: 'Pod', name: 'a', namespace: 'default'},
  type: 'Normal',
  reason: 'Pulled',
  message: ' said ',
  ...more,
})

async function someEvents() {
  const {resources, clock} = await freshCluster()
  await resources.create(event('new', {firstTimestamp: at(5), lastTimestamp: at(5), count: 1}))
  await resources.create(event('old', {firstTimestamp: at(400), lastTimestamp: at(60), count: 3, type: 'Warning', reason: 'BackOff', involvedObject: {kind: 'Deployment', name: 'd', namespace: 'default'}}))
  await resources.create(event('series', {eventTime: at(300), series: {count: 2, lastObservedTime: at(30)}}))
  return {resources, clock}
}

test('events are shown by when they were last seen, with how often they came', async () => {
  const {resources, clock} = await someEvents()
  const {events} = await listEvents({namespace: 'default', types: []}, resources)
  expect(printerFor('', {clock}).print([{type: eventsView, objects: events}])).toBe(
    [
      'LAST SEEN           TYPE      REASON    OBJECT         MESSAGE',
      '60s (x3 over 6m40s)   Warning   BackOff   Deployment/d   said',
      '30s (x2 over 5m)      Normal    Pulled    Pod/a          said',
      '5s                    Normal    Pulled    Pod/a          said',
      '',
    ]
      .join('\n')
      .replace('LAST SEEN           TYPE', 'LAST SEEN             TYPE'),
  )
})

test('events of one object, and of one type', async () => {
  const {resources} = await someEvents()
  const names = async (about: string | undefined, types: readonly string[]) =>
    (await listEvents({namespace: undefined, about: parseAbout(about, knownTypes), types}, resources)).events.map(({metadata}) => metadata.name)
  expect([await names('deploy/d', []), await names(undefined, ['warning']), await names('po/a', ['Warning'])]).toEqual([['old'], ['old'], []])
})

test('a watch goes on with what comes later', async () => {
  const {resources} = await someEvents()
  const stopped = new AbortController()
  const options = {namespace: 'default', types: ['Warning']}
  const {resourceVersion} = await listEvents(options, resources)
  await resources.create(event('quiet', {}))
  await resources.create(event('loud', {type: 'Warning'}))
  for await (const {metadata} of watchEvents(resourceVersion, {...options, signal: stopped.signal}, resources)) {
    expect(metadata.name).toBe('loud')
    stopped.abort()
  }
  expect.assertions(1)
})

test.each<[act: () => unknown, message: string]>([
  [() => parseAbout('x', knownTypes), '--for must be in resource/name form'],
  [() => parseAbout('pod/a/b', knownTypes), 'arguments in resource/name form may not have more than one slash'],
  [() => requireEventTypes(['Normal', 'x']), 'valid --types are Normal or Warning'],
])('%s', (act, message) => {
  expect(act).toThrow(new UserError(message))
})

test('a type there is not is told of without `error: `, as kubectl has it from the mapper', () => {
  expect(() => parseAbout('foo/a', knownTypes)).toThrow(new UserError('the server doesn\'t have a resource type "foo"', {isBare: true}))
})
