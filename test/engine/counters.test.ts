import {expect, test} from 'vitest'
import {Counters, MOST_GONE} from '../../src/engine/counters.js'
import {routingOf} from './routing-of.js'

const chain = routingOf([{port: 1, to: {v1: 1}}], {}).listeners[0]?.chains[0] ?? expect.unreachable()

test('clusters that are gone stay listed, the oldest give way when there are very many', () => {
  const counters = new Counters()
  const names = Array.from({length: MOST_GONE + 3}, (_, i) => `c${i}`)
  for (const name of names) {
    counters.cluster(name).picked++
    counters.traffic('l', chain, name).opened++
  }
  counters.cluster('c1').active++
  counters.apply(routingOf([], {c0: {endpoints: []}}))
  const {clusters, traffic} = counters.snapshot()
  const kept = names.filter((name) => name !== 'c2')
  expect([Object.keys(clusters), traffic.map(({cluster}) => cluster)]).toEqual([kept, kept])
})

test('what flows between one chain and one cluster is counted in one place, whichever routing brings the chain', () => {
  const counters = new Counters()
  for (const same of [chain, structuredClone(chain)]) counters.traffic('l', same, 'v1').opened++
  const key = 'default/gateway 0 1 VirtualService default/echo tcp 0'
  expect(counters.snapshot().traffic).toEqual([{listener: 'l', chain: key, cluster: 'v1', opened: 2, closed: {}, bytesFromClients: 0, bytesToClients: 0}])
})
