import {expect, test} from 'vitest'
import type {TcpRoute} from '../../src/routing/routing.js'
import {countLines} from '../help/count-lines.js'
import {disagreement, gatewayCounts, gatewayExpectation} from '../../src/tally/gateway-counts.js'

const route: TcpRoute = {
  statPrefix: 'x',
  idleTimeoutMs: 0,
  maxConnectionDurationMs: 0,
  destinations: [
    {cluster: 'a', subset: 'v1', host: 'h', weight: 80},
    {cluster: 'b', subset: 'v2', host: 'h', weight: 20},
  ],
}
const expectation = {source: 's', shares: [{name: 'v1', answers: ['one'], weight: 80}, {name: 'v2', answers: ['two'], weight: 20}]}

test('the gateway\'s draws since a look are counted by subset', () => {
  expect(gatewayCounts(route, {a: 10, b: 5}, {a: 13, b: 5})).toMatchObject({total: 3, answers: [{answer: 'v1', count: 3}, {answer: 'v2', count: 0}]})
  expect(gatewayExpectation(route, 's').shares).toEqual([{name: 'v1', answers: ['v1'], weight: 80}, {name: 'v2', answers: ['v2'], weight: 20}])
})

test('a difference between client and gateway is said, agreement is not', () => {
  const client = countLines(['one x', 'one x', 'two x'])
  expect(disagreement(client, gatewayCounts(route, {}, {a: 2, b: 1}), expectation)).toBeUndefined()
  expect(disagreement(client, gatewayCounts(route, {}, {a: 1, b: 2}), expectation)).toBe('gateway v1 1, v2 2; client v1 2, v2 1')
})

test('shares that are not named by subset cannot be compared', () => {
  const byAnswer = {source: '--expect', shares: [{name: 'one', answers: ['one'], weight: 80}]}
  expect(disagreement(countLines(['one x']), gatewayCounts(route, {}, {a: 9}), byAnswer)).toBeUndefined()
})
