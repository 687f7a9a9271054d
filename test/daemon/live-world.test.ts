import {expect, test} from 'vitest'
import {LiveWorld} from '../../src/daemon/live-world.js'

const object = (kind: string, name: string, resourceVersion: string) => ({apiVersion: 'v1', kind, metadata: {name, namespace: 'default', resourceVersion}})

test('a world stays as it is, and the next one has the very lists of the kinds that did not change', () => {
  const live = new LiveWorld()
  live.replace([object('Pod', 'a', '1'), object('Pod', 'b', '2'), object('Service', 's', '3')])
  const before = live.world
  live.put(object('Pod', 'a', '4'))
  live.delete(object('Pod', 'b', '2'))
  const after = live.world
  expect(before.pods.map(({metadata}) => metadata.resourceVersion)).toEqual(['1', '2'])
  expect(after.pods.map(({metadata}) => metadata.resourceVersion)).toEqual(['4'])
  expect(after.kinds.flat().map(({metadata}) => metadata.name)).toEqual(['a', 's'])
  expect([after.services === before.services, after.pods === before.pods, live.world === after]).toEqual([true, false, true])
})
