import {expect, test} from 'vitest'
import {renderTop, type TopSample} from '../../src/output/top-view.js'

const cluster = (picked: number, more = {}) => ({picked, active: 0, connectFailed: 0, noHealthyUpstream: 0, overflow: 0, bytesFromClients: 0, bytesToClients: 0, ...more})
const listener = (port: number) => ({name: '0.0.0.0_31400', address: '127.0.0.1', port, bound: true, destinations: [{cluster: 'a', subset: 'v1', weight: 80}, {cluster: 'b', subset: 'v2', weight: 20}]})
const at = (atMs: number, clusters: TopSample['stats']['clusters']): TopSample => ({atMs, listeners: [listener(31400), listener(32432)], stats: {clusters}})

test('shares and rates are those between two samples', () => {
  const before = at(0, {a: cluster(100), b: cluster(10)})
  const now = at(2000, {a: cluster(250, {active: 3, bytesFromClients: 4096}), b: cluster(60, {connectFailed: 2, bytesToClients: 3_145_728})})
  expect(renderTop(before, now).split('\n')).toEqual([
    'LISTENER         SUBSET  WEIGHT  SHARE  CONN/S  OPEN  IN/S     OUT/S    ERR',
    '127.0.0.1:31400  v1      80.0%   75.0%  75.0    3     2.0 KiB  0 B      0',
    '                 v2      20.0%   25.0%  25.0    0     0 B      1.5 MiB  2',
    '',
  ])
})

test('a restarted gateway counts from nothing, and nothing has no share', () => {
  expect(renderTop(at(0, {a: cluster(500), b: cluster(5)}), at(1000, {a: cluster(4), b: cluster(0)}))).toContain('100.0%  4.0')
  expect(renderTop(at(0, {}), at(1000, {}))).toContain('80.0%   -      0.0')
})
