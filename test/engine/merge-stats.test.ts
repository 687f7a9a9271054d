import {expect, test} from 'vitest'
import type {EngineStats} from '../../src/engine/engine.js'
import {mergeStats, NO_STATS, withoutActive} from '../../src/engine/merge-stats.js'

const stats = (accepted: number, active: number): EngineStats => ({listeners: {a: {accepted, active, noCluster: 1, noChain: 0, tlsFailed: 0}}, clusters: {}, endpoints: {}, traffic: []})

test('the counts of several workers are added up by name', () => {
  const other: EngineStats = {listeners: {b: {accepted: 5, active: 0, noCluster: 0, noChain: 0, tlsFailed: 0}}, clusters: {}, endpoints: {}, traffic: []}
  expect(mergeStats([stats(1, 1), stats(2, 0), other, NO_STATS])).toEqual({
    listeners: {a: {accepted: 3, active: 1, noCluster: 2, noChain: 0, tlsFailed: 0}, b: {accepted: 5, active: 0, noCluster: 0, noChain: 0, tlsFailed: 0}},
    clusters: {},
    endpoints: {},
    traffic: [],
  })
})

test('a dead worker has no active connections, and keeps the rest', () => {
  expect(withoutActive(stats(7, 3))).toEqual(stats(7, 0))
})
