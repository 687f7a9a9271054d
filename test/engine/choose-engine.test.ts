import {expect, test} from 'vitest'
import {splitRouting} from '../../src/engine/choose-engine.js'
import {routingOf, type ClusterShape, type ListenerShape} from './routing-of.js'
import {SIMPLE} from './tls-fixtures.js'

const NOWHERE: ClusterShape = {endpoints: []}
const CLUSTERS: Readonly<Record<string, ClusterShape>> = {plain: NOWHERE, tls: {...NOWHERE, tls: {}}, proxied: {...NOWHERE, proxyProtocol: 'V2'}}

function nodePorts(...listeners: readonly ListenerShape[]): readonly number[] {
  const {node, epoll} = splitRouting(routingOf(listeners, CLUSTERS))
  expect([...node.listeners, ...epoll.listeners].map(({port}) => port).sort()).toEqual(listeners.map(({port}) => port).sort())
  return node.listeners.map(({port}) => port)
}

test.each<[string, Partial<ListenerShape>]>([
  ['that ends TLS', {tls: SIMPLE}],
  ['that expects PROXY headers', {expectsProxyHeader: true}],
  ['whose route asks for a tunnel', {tunnel: {method: 'CONNECT', target: 'a:1'}}],
  ['one of whose clusters speaks TLS', {to: {plain: 99, tls: 1}}],
  ['one of whose clusters is sent PROXY headers', {to: {plain: 1, proxied: 1}}],
])('a listener %s stays on the node engine, and the others do not', (_, listener) => {
  expect(nodePorts({port: 1, to: {plain: 1}}, {port: 2, to: {plain: 1}, ...listener})).toEqual([2])
})

test('the epoll engine serves plain TCP, names in a ClientHello, clients by address, and routes to nowhere', () => {
  const chains = [{match: {serverNames: ['a.example']}, to: {plain: 1}}, {match: {sources: ['10.0.0.1']}, to: {gone: 1}}]
  expect(nodePorts({port: 1, to: {plain: 1}}, {port: 2, to: {}, chains})).toEqual([])
})

test('listeners that want the same address stay together, however long the way', () => {
  const plain = {to: {plain: 1}}
  const [tls, near, far, alone] = [{port: 1, tls: SIMPLE, to: {plain: 1}}, {port: 2, aliases: [1, 7], ...plain}, {port: 7, ...plain}, {port: 4, ...plain}]
  expect(nodePorts(far, near, tls, alone)).toEqual([7, 2, 1])
  expect(nodePorts(tls, {...near, bind: '127.0.0.9'})).toEqual([1])
})
