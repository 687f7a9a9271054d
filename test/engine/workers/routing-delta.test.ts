import {expect, test} from 'vitest'
import {applyDelta, deltaBetween, NO_ROUTING} from '../../../src/engine/workers/routing-delta.js'
import type {Routing} from '../../../src/routing/routing.js'
import {routingOf} from '../routing-of.js'

const BOTH = routingOf([{port: 1, to: {v1: 1}}, {port: 2, to: {v2: 1}}], {v1: {endpoints: []}, v2: {endpoints: []}})
const [first, second] = BOTH.listeners

test('a change is told as what is new, and the rest stays the very same', () => {
  const changed = {...second, name: second?.name ?? '', aliases: [9]} as Routing['listeners'][number]
  const after = {...BOTH, listeners: [first, changed] as Routing['listeners']}
  const delta = deltaBetween(BOTH, after)
  expect(delta).toEqual({listeners: [changed], clusters: {}, removed: []})
  const applied = applyDelta(BOTH, delta)
  expect(applied).toEqual(after)
  expect([applied.listeners[0] === first, applied.clusters === BOTH.clusters]).toEqual([true, true])
})

test.each<[string, Routing, Routing]>([
  ['from nothing', NO_ROUTING, BOTH],
  ['to nothing', BOTH, NO_ROUTING],
  ['to another order', BOTH, {...BOTH, listeners: [...BOTH.listeners].reverse()}],
  ['to fewer clusters', BOTH, {...BOTH, clusters: {v2: BOTH.clusters['v2']} as Routing['clusters']}],
])('%s the delta leads to the routing it was made for', (_, before, after) => {
  expect(applyDelta(before, structuredClone(deltaBetween(before, after)))).toEqual(after)
})
