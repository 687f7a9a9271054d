import {expect, test} from 'vitest'
import {type KernelFacts, nftablesObstacle} from '../../../src/engine/nftables/nftables-obstacle.js'
import {type ClusterShape, type ListenerShape, routingOf} from '../routing-of.js'
import {SIMPLE} from '../tls-fixtures.js'

const FACTS: KernelFacts = {address: '127.0.0.1', localAddresses: new Set(['192.168.1.5', 'fd00::5']), mayRouteLocalnet: true, isSeeded: false}
const POD: ClusterShape = {endpoints: [{address: '127.64.0.1', port: 9000}]}

function obstacle(listener: Partial<ListenerShape>, cluster: ClusterShape = POD, facts: Partial<KernelFacts> = {}): string | undefined {
  const {listeners, clusters} = routingOf([{port: 31400, to: {v1: 1}, ...listener}], {v1: cluster})
  return nftablesObstacle(listeners[0]!, clusters, {...FACTS, ...facts})
}

test.each<[string, Partial<ListenerShape>]>([
  ['a route with the defaults of every route', {idleTimeoutMs: 3_600_000}],
  ['a route to nowhere', {to: {gone: 1}}],
  ['clients by address', {to: {}, chains: [{match: {sources: ['10.0.0.0/8']}, to: {v1: 1}}]}],
])('the kernel serves %s', (_, listener) => {
  expect(obstacle(listener)).toBeUndefined()
})

test.each<[string, Partial<ListenerShape>]>([
  ['it ends TLS', {tls: SIMPLE}],
  ['its clients send PROXY headers', {expectsProxyHeader: true}],
  ['it reads the ClientHello', {to: {}, chains: [{match: {serverNames: ['a']}, to: {v1: 1}}]}],
  ['its route asks an HTTP proxy for a tunnel', {tunnel: {method: 'CONNECT', target: 'a:1'}}],
  ['its connections may live for a certain time only', {maxConnectionDurationMs: 1}],
  ['it has an idle timeout of its own', {idleTimeoutMs: 1000}],
  [':: is no address of one family', {bind: '::'}],
  ['127.0.0.1; is no address of one family', {bind: '127.0.0.1;'}],
  ['0.0.0.0/0 accept is no block of addresses', {to: {}, chains: [{match: {sources: ['10.0.0.0/8', '0.0.0.0/0 accept']}, to: {v1: 1}}]}],
  ['10.0.0.0/33 is no block of addresses', {to: {}, chains: [{match: {sources: ['10.0.0.0/33']}, to: {v1: 1}}]}],
  ['10.0.0.0/8/8 is no block of addresses', {to: {}, chains: [{match: {sources: ['10.0.0.0/8/8']}, to: {v1: 1}}]}],
  ['its weights are no numbers to draw below', {to: {v1: 2 ** 31, v2: 2 ** 31}}],
  ['its weights are no numbers to draw below', {to: {v1: 0.5}}],
  ['endpoint 127.64.0.1 is of another family than ::1', {bind: '::1'}],
])('another engine serves a listener where %s', (reason, listener) => {
  expect(obstacle(listener)).toBe(reason)
})

test.each<[string, Partial<ClusterShape>]>([
  ['speaks TLS', {tls: {}}],
  ['is sent PROXY headers', {proxyProtocol: 'V1'}],
  ['has a limit of connections', {maxConnections: 1}],
  ['has outlier detection', {outlierDetection: {intervalMs: 1, baseEjectionMs: 1, maxEjectionPercent: 1, panicPercent: 0}}],
  ['has TCP keepalive settings', {keepalive: {}}],
  ['warms new endpoints up', {warmup: {durationMs: 1, minimumPercent: 1, aggression: 1}}],
  ['has a connect timeout of its own', {connectTimeoutMs: 1000}],
  ["hashes the client's address", {loadBalancer: 'MAGLEV'}],
  ['has weights that are no numbers to draw below', {endpoints: [{address: '127.0.0.1', port: 1, weight: 0}]}],
  ['goes round endpoints of different weights', {loadBalancer: 'ROUND_ROBIN', endpoints: [1, 2].map((weight) => ({address: '127.0.0.1', port: 1, weight}))}],
])('another engine serves a listener one of whose clusters %s', (what, cluster) => {
  expect(obstacle({hashesSourceIp: true}, {...POD, ...cluster})).toBe(`cluster v1 ${what}`)
})

test('endpoints must be addresses on this machine that clients can be led to', () => {
  const to = (address: string, facts?: Partial<KernelFacts>, bind = '0.0.0.0') => obstacle({bind}, {endpoints: [{address, port: 1}]}, facts)
  expect(to('192.168.1.5')).toBeUndefined()
  expect(to('192.168.1.6')).toBe('endpoint 192.168.1.6 is not on this machine')
  expect(to('localhost')).toBe('endpoint localhost is no IP address')
  expect(to('/run/a.sock')).toBe('endpoint /run/a.sock is no IP address')
  expect(to('127.0.0.1 . 22')).toBe('endpoint 127.0.0.1 . 22 is no IP address')
  expect(obstacle({}, {endpoints: [{address: '127.0.0.1', port: 65_536}]})).toBe('endpoint 127.0.0.1 has no port')
  expect(to('127.0.0.9', {address: '0.0.0.0'})).toBeUndefined()
  expect(to('127.0.0.9', {address: '192.168.1.5', mayRouteLocalnet: false})).toBe('clients from outside cannot be led to 127.0.0.9')
  expect(to('192.168.1.5', {address: '192.168.1.5', mayRouteLocalnet: false})).toBeUndefined()
  expect(to('::1', {}, '::1')).toBeUndefined()
  expect(to('::1', {}, 'fd00::5')).toBe('clients from outside cannot be led to ::1')
})

test('with a seed nothing is left to the draws of the kernel', () => {
  expect(obstacle({}, POD, {isSeeded: true})).toBe('the draws of the kernel know no seed')
})
