import {describe, expect, test} from 'vitest'
import {parseDurationMs} from '../../src/routing/duration.js'
import {resolveGatewayName} from '../../src/routing/gateways/gateway-name.js'
import {hostsOverlap, sanitizeHosts, serverCovers, toFullHost} from '../../src/routing/host.js'
import {ignoredMatchFields, matchedPorts} from '../../src/routing/tcp-match.js'
import {visibilityOf} from '../../src/routing/visibility.js'

describe('hosts', () => {
  test.each([
    ['*', '*', true],
    ['*', 'foo.com', true],
    ['*.foo.com', 'a.foo.com', true],
    ['*.foo.com', 'a.b.foo.com', true],
    ['*.foo.com', 'foo.com', false],
    ['*.foo.com', '*.com', true],
    ['*.foo.com', '*.bar.com', false],
    ['*foo.com', 'barfoo.com', true],
    ['foo.com', 'foo.com', true],
    ['foo.com', 'FOO.com', false],
    ['foo.com', 'bar.com', false],
    ['a.*.com', 'a.b.com', false],
  ])('%s and %s overlap: %s, either way round', (a, b, expected) => {
    expect([hostsOverlap(a, b), hostsOverlap(b, a)]).toEqual([expected, expected])
  })

  test.each([
    ['tcp-echo', 'tcp-echo.shop.svc.cluster.local'],
    ['tcp-echo.shop', 'tcp-echo.shop'],
    ['*', '*'],
    ['10.0.0.1', '10.0.0.1'],
    ['2001:db8::1', '2001:db8::1'],
    ['', ''],
  ])('the full name of "%s" is "%s"', (host, full) => {
    expect(toFullHost(host, 'shop', 'cluster.local')).toBe(full)
  })

  test.each([
    [['a.com', './b.com', '*/c.com', 'x/d.com'], ['a.com', 'gw/b.com', 'c.com', 'x/d.com']],
    [['a.com', '*/*'], ['*']],
    [['./*'], ['gw/*']],
  ])('Gateway hosts %j mean %j', (hosts, expected) => {
    expect(sanitizeHosts(hosts, 'gw')).toEqual(expected)
  })

  test.each([
    [['*'], ['*'], true],
    [['shop/*'], ['a.com'], true],
    [['other/*'], ['a.com'], false],
    [['other/*', 'shop/a.com'], ['b.com', 'a.com'], true],
    [[], ['*'], false],
    [['*'], [], false],
  ])('a server with hosts %j covers hosts %j of namespace shop: %s', (server, hosts, expected) => {
    expect(serverCovers(server, hosts, 'shop')).toBe(expected)
  })
})

test.each([
  ['gateway', 'shop/gateway'],
  ['./gateway', 'shop/gateway'],
  ['istio-system/gateway', 'istio-system/gateway'],
  ['gateway.istio-system', 'istio-system/gateway'],
  ['gateway.istio-system.svc.cluster.local', 'istio-system/gateway'],
  ['mesh', 'mesh'],
])('a VirtualService in shop that names gateway %s means %s', (name, expected) => {
  expect(resolveGatewayName(name, 'shop')).toBe(expected)
})

test.each([
  [undefined, 'public'],
  [[], 'public'],
  [['*'], 'public'],
  [['.'], 'none'],
  [['~'], 'none'],
  [['istio-system'], 'exported'],
  [['other'], 'none'],
  [['other', '*'], 'public'],
] as const)('exportTo %j of an object in shop is %s to the gateway', (exportTo, expected) => {
  expect(visibilityOf(exportTo, 'shop', 'istio-system')).toBe(expected)
})

test('exportTo "." is private to the own namespace', () => {
  expect(visibilityOf(['.'], 'istio-system', 'istio-system')).toBe('private')
})

describe('tcp match', () => {
  test.each([
    [undefined, 'any'],
    [[], 'any'],
    [[{}], 'any'],
    [[{port: 0}], 'any'],
    [[{port: 1}], new Set([1])],
    [[{port: 1}, {port: 2}], new Set([1, 2])],
    [[{port: 1}, {}], 'any'],
    [[{port: 1, gateways: ['gateway']}], new Set([1])],
    [[{port: 1, gateways: ['other/gateway']}], new Set()],
    [[{gateways: ['nope', 'gateway.shop']}], 'any'],
    [[{port: 1, gateways: ['nope']}, {port: 2}], new Set([2])],
    [[{sourceLabels: {app: 'client'}}], 'any'],
    [[{port: 1, destinationSubnets: ['10.0.0.0/8']}], new Set([1])],
  ])('%j applies at ports %j of gateway shop/gateway', (match, expected) => {
    expect(matchedPorts(match === undefined ? {} : {match}, 'shop/gateway', 'shop')).toEqual(expected)
  })

  test('fields a gateway does not look at are named once, empty ones not at all', () => {
    const match = [{port: 1, sourceSubnet: '10.0.0.0/8', sourceLabels: {}}, {sourceSubnet: '10.0.0.0/8', sourceNamespace: 'a', destinationSubnets: []}]
    expect(ignoredMatchFields({match})).toEqual(['sourceSubnet', 'sourceNamespace'])
  })
})

test.each([
  ['10s', 10_000],
  ['1h30m', 5_400_000],
  ['500ms', 500],
  ['0s', 0],
  ['0', 0],
  ['1.5s', 1500],
  ['.5s', 500],
  ['1m0.1s', 60_100],
  ['250us', 0.25],
  ['250µs', 0.25],
  ['-2s', -2000],
  ['', undefined],
  ['10', undefined],
  ['10 s', undefined],
  ['1d', undefined],
  ['s', undefined],
])('the duration "%s" is %s ms', (text, expected) => {
  expect(parseDurationMs(text)).toBe(expected)
})
