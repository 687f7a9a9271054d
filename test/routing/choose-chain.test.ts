import {describe, expect, test} from 'vitest'
import {chooseChain, needsInspection, type ClientFacts} from '../../src/routing/choose-chain.js'
import type {ChainMatch, FilterChain} from '../../src/routing/routing.js'

/** A chain whose name says what it is. */
function chain(name: string, match?: ChainMatch): FilterChain {
  return {
    gateway: {namespace: 'default', name, server: 0, port: 443},
    ...(match === undefined ? {} : {match}),
    route: {statPrefix: name, destinations: [], idleTimeoutMs: 0, maxConnectionDurationMs: 0},
  }
}

const CHAINS = [
  chain('any'),
  chain('dot-com', {serverNames: ['*.com']}),
  chain('wild', {serverNames: ['*.example.com']}),
  chain('exact', {serverNames: ['other.org', 'a.example.com']}),
  chain('istio', {serverNames: ['b.example.com'], applicationProtocols: ['istio', 'istio-h2']}),
  chain('h2', {serverNames: ['b.example.com'], applicationProtocols: ['h2']}),
]

describe('the chain of a connection', () => {
  test.each<[string, Partial<ClientFacts>, string | undefined]>([
    ['an exact name', {serverName: 'a.example.com'}, 'exact'],
    ['a name among several', {serverName: 'other.org'}, 'exact'],
    ['the longest wildcard', {serverName: 'c.example.com'}, 'wild'],
    ['a wildcard over several labels', {serverName: 'c.d.example.com'}, 'wild'],
    ['a shorter wildcard', {serverName: 'example.com'}, 'dot-com'],
    ['no chain of its own', {serverName: 'example.net'}, 'any'],
    ['no name', {}, 'any'],
    ['a protocol that is asked for', {serverName: 'b.example.com', applicationProtocols: ['http/1.1', 'istio']}, 'istio'],
    ['two such protocols: its own order counts', {serverName: 'b.example.com', applicationProtocols: ['h2', 'istio']}, 'h2'],
    ['a name of its own and no protocol that is asked for: the wildcard is no refuge', {serverName: 'b.example.com'}, undefined],
  ])('of a client with %s', (_, facts, expected) => {
    expect(chooseChain(CHAINS, {address: '10.0.0.1', ...facts})?.gateway.name).toBe(expected)
  })

  test.each([
    ['10.0.0.1', 'pod'],
    ['::ffff:10.0.0.1', 'pod'],
    ['10.0.0.2', 'block'],
    ['10.1.0.1', 'wide'],
    ['127.0.0.1', 'any'],
    ['fd00::1', 'six'],
    ['fd00::2', 'any'],
  ])('of a client at %s is that of the longest source block', (address, expected) => {
    const chains = [
      chain('any'),
      chain('wide', {sources: ['10.0.0.0/8']}),
      chain('block', {sources: ['192.168.0.0/16', '10.0.0.0/24']}),
      chain('pod', {sources: ['10.0.0.9', '10.0.0.1']}),
      chain('six', {sources: ['fd00:0::1']}),
    ]
    expect(chooseChain(chains, {address})?.gateway.name).toBe(expected)
  })

  test('is decided by source before name: the chains of another sidecar are no choice', () => {
    const chains = [chain('others', {serverNames: ['a.b']}), chain('own', {sources: ['10.0.0.1']}), chain('own-name', {serverNames: ['c.d'], sources: ['10.0.0.1']})]
    const choose = (address: string, serverName: string) => chooseChain(chains, {address, serverName})?.gateway.name
    expect([choose('10.0.0.1', 'a.b'), choose('10.0.0.1', 'c.d'), choose('10.0.0.2', 'a.b'), choose('10.0.0.2', 'c.d')]).toEqual(['own', 'own-name', 'others', undefined])
  })

  test('is the first of equals, and none without chains', () => {
    expect(chooseChain([chain('first'), chain('second')], {address: '10.0.0.1'})?.gateway.name).toBe('first')
    expect(chooseChain([], {address: '10.0.0.1'})).toBeUndefined()
  })

  test('copes with more source blocks than a call has arguments', () => {
    const sources = Array.from({length: 200_000}, (_, i) => `10.${i >> 16}.${(i >> 8) & 255}.${i & 255}`)
    expect(chooseChain([chain('any'), chain('many', {sources})], {address: '10.3.13.63'})?.gateway.name).toBe('many')
  })
})

test('first bytes are needed where a name or a protocol is asked for', () => {
  const asks = [undefined, {sources: ['10.0.0.1']}, {serverNames: ['a.b']}, {applicationProtocols: ['istio']}].map((match) => needsInspection({chains: [chain('c', match)]}))
  expect(asks).toEqual([false, false, true, true])
})
