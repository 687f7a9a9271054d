import {expect, test} from 'vitest'
import type {EngineStats, TrafficStats} from '../../src/engine/engine.js'
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

test('what flowed and how endpoints fared is added up too; connections of a dead worker ended with it', () => {
  const part = (opened: number, closed: TrafficStats['closed'], active: number): EngineStats => ({
    ...NO_STATS,
    endpoints: {v1: {'10.0.0.1:9000': {total: opened, active, connectFailed: 1}}},
    traffic: [{listener: 'l', chain: 'c', cluster: 'v1', opened, closed, bytesFromClients: 10, bytesToClients: 20}],
  })
  expect(mergeStats([part(3, {'-': 1, UO: 1}, 1), withoutActive(part(5, {'-': 2}, 3))])).toEqual({
    ...NO_STATS,
    endpoints: {v1: {'10.0.0.1:9000': {total: 8, active: 1, connectFailed: 2}}},
    traffic: [{listener: 'l', chain: 'c', cluster: 'v1', opened: 8, closed: {'-': 6, UO: 1}, bytesFromClients: 20, bytesToClients: 40}],
  })
})
