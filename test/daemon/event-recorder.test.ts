import {describe, expect, test} from 'vitest'
import {eventType, type Event} from '../../src/api/kinds/event.js'
import {EventRecorder} from '../../src/daemon/event-recorder.js'
import {aPod} from '../help/builders.js'
import {freshCluster} from '../help/cluster.js'

const kubelet = (reason: string) => ({reason, message: reason, source: 'kubelet'})

describe('recorded events', () => {
  test('are listed in the order they were recorded, though the clock stood still', async () => {
    const {resources} = await freshCluster()
    const recorder = new EventRecorder(resources)
    const reasons = ['Scheduled', 'Pulled', 'Created', 'Started']
    await Promise.all(reasons.map((reason) => recorder.record(aPod(), kubelet(reason))))
    const {items} = await resources.list<Event>(eventType)
    expect(items.map(({reason}) => reason)).toEqual(reasons)
  })

  test('are counted where they repeat', async () => {
    const {resources} = await freshCluster()
    const recorder = new EventRecorder(resources)
    for (const reason of ['BackOff', 'Pulled', 'BackOff']) await recorder.record(aPod(), kubelet(reason))
    const {items} = await resources.list<Event>(eventType)
    expect(items.map(({reason, count}) => [reason, count])).toEqual([
      ['BackOff', 2],
      ['Pulled', 1],
    ])
  })

  test('are counted where they come all at once', async () => {
    const {resources} = await freshCluster()
    const recorder = new EventRecorder(resources)
    await Promise.all(Array.from({length: 50}, () => recorder.record(aPod(), kubelet('BackOff'))))
    const {items} = await resources.list<Event>(eventType)
    expect(items.map(({reason, count}) => [reason, count])).toEqual([['BackOff', 50]])
  })
})
