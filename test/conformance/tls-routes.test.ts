import {readFileSync} from 'node:fs'
import path from 'node:path'
import {describe, expect, test} from 'vitest'
import {backend, gateway, grant, namespace, tcpRoute, tlsListener, tlsRoute} from './manifests.js'
import {attached, conditionLines, parentsOf, stage, type GatewayWithStatus, type Stage} from './stage.js'
import {reached} from './traffic.js'

const VALID = ['Accepted=True Accepted: Route was valid', 'ResolvedRefs=True ResolvedRefs: All references resolved']
const accepted = (problem: string) => ['Accepted=True Accepted: Route was valid', `ResolvedRefs=False ${problem}`]
const refused = (problem: string) => [`Accepted=False ${problem}`, 'ResolvedRefs=True ResolvedRefs: All references resolved']
const pem = (name: string) => readFileSync(path.resolve(import.meta.dirname, `../probe/tls/${name}.pem`)).toString('base64')
const CERTIFICATE = `apiVersion: v1\nkind: Secret\nmetadata: {name: certificate, namespace: default}\ntype: kubernetes.io/tls\ndata: {tls.crt: ${pem('certificate')}, tls.key: ${pem('key')}}\n---\n`

const FINE = [
  'Accepted=True Accepted: No errors found',
  'Conflicted=False NoConflicts: No errors found',
  'Programmed=True Programmed: No errors found',
  'ResolvedRefs=True ResolvedRefs: No errors found',
]

const listener = (it: Stage, gatewayName: string, name: string) => it.find<GatewayWithStatus>('Gateway', gatewayName).status?.listeners?.find((entry) => entry.name === name)
const kindsOf = (it: Stage, gatewayName: string, name: string) => listener(it, gatewayName, name)?.supportedKinds.map(({kind}) => kind)
const conditionsOf = (it: Stage, gatewayName: string, name: string) => conditionLines(listener(it, gatewayName, name)?.conditions)

/** The scenarios of kubernetes-sigs/gateway-api conformance for TLSRoute. */
describe('TLSRoute', () => {
  test('a route attaches to a passthrough listener and the server name chooses it', async () => {
    const it = await stage(gateway('gw', tlsListener('https', 443, {hostname: '*.example.com'})) + backend('echo') + tlsRoute('route', ['name: gw'], ['name: echo, port: 3000'], {hostnames: ['abc.example.com']}))
    expect(parentsOf(it, 'TLSRoute', 'route')).toEqual({gw: VALID})
    expect(attached(it, 'gw')).toEqual({https: 1})
    expect(reached(it, 'gw', 443, 'abc.example.com')).toEqual(['1 echo'])
    expect(reached(it, 'gw', 443, 'other.example.com')).toBe('closed')
    expect(reached(it, 'gw', 443)).toBe('closed')
  })

  test('a route attaches to a listener that ends TLS, and its backends get plain text', async () => {
    const it = await stage(CERTIFICATE + gateway('gw', tlsListener('tls', 8443, {hostname: 'tls.example.com', mode: 'Terminate'})) + backend('echo') + tlsRoute('route', ['name: gw'], ['name: echo, port: 3000'], {hostnames: ['tls.example.com']}))
    expect(parentsOf(it, 'TLSRoute', 'route')).toEqual({gw: VALID})
    expect(kindsOf(it, 'gw', 'tls')).toEqual(['TLSRoute', 'TCPRoute'])
    expect(reached(it, 'gw', 8443, 'tls.example.com')).toEqual(['1 echo'])
    expect(reached(it, 'gw', 8443, 'abc.example.com')).toBe('closed')
  })

  test('a TCPRoute, too, attaches to a listener that ends TLS', async () => {
    const it = await stage(CERTIFICATE + gateway('gw', tlsListener('tls', 8443, {mode: 'Terminate'})) + backend('echo') + tcpRoute('route', ['name: gw'], ['name: echo, port: 3000']))
    expect(parentsOf(it, 'TCPRoute', 'route')).toEqual({gw: VALID})
    expect(reached(it, 'gw', 8443, 'any.example.com')).toEqual(['1 echo'])
  })

  test('one port has listeners that end TLS and listeners that pass it through', async () => {
    const listeners = [tlsListener('ends', 8883, {hostname: 'tls.example.com', mode: 'Terminate'}), tlsListener('passes', 8883, {hostname: 'abc.example.com'})]
    const it = await stage(
      CERTIFICATE + gateway('gw', ...listeners) + backend('plain') + backend('secret') +
        tlsRoute('ending', ['name: gw'], ['name: plain, port: 3000'], {hostnames: ['tls.example.com']}) +
        tlsRoute('passing', ['name: gw'], ['name: secret, port: 3000'], {hostnames: ['abc.example.com']}),
    )
    for (const route of ['ending', 'passing']) expect(parentsOf(it, 'TLSRoute', route)).toEqual({gw: VALID})
    expect(attached(it, 'gw')).toEqual({ends: 1, passes: 1})
    expect(reached(it, 'gw', 8883, 'tls.example.com')).toEqual(['1 plain'])
    expect(reached(it, 'gw', 8883, 'abc.example.com')).toEqual(['1 secret'])
  })

  // Two scenarios are for implementations that cannot end TLS for a TLSRoute, or cannot do both on one port: they must refuse the listener. Istio
  // claims TLSRouteModeTerminate and TLSRouteModeMixed, so that they are left out there, and serves what they refuse.
  test('a listener that ends TLS is programmed where others would call its mode unsupported', async () => {
    const it = await stage(CERTIFICATE + gateway('gw', tlsListener('ends', 8443, {mode: 'Terminate'})))
    expect(conditionsOf(it, 'gw', 'ends')).toEqual(FINE)
  })

  test('listeners of both modes on one port are no conflict, unless they have the same name', async () => {
    const both = (a?: string, b?: string) => [tlsListener('ends', 8443, {mode: 'Terminate', ...(a === undefined ? {} : {hostname: a})}), tlsListener('passes', 8443, b === undefined ? {} : {hostname: b})]
    const apart = await stage(CERTIFICATE + gateway('gw', ...both('a.example.com', 'b.example.com')))
    expect([conditionsOf(apart, 'gw', 'ends'), conditionsOf(apart, 'gw', 'passes')]).toEqual([FINE, FINE])
    for (const names of [['a.example.com', 'a.example.com'], []]) {
      await expect(stage(CERTIFICATE + gateway('gw', ...both(...names)))).rejects.toThrow('Combination of port, protocol and hostname must be unique for each listener')
    }
  })

  test('a passthrough listener supports TLSRoute alone, and says so of other kinds it lists', async () => {
    const kinds = ', allowedRoutes: {kinds: [{kind: TLSRoute}, {kind: TCPRoute}]}'
    const it = await stage(gateway('gw', tlsListener('plain', 443), tlsListener('mixed', 444, {more: kinds})))
    expect([kindsOf(it, 'gw', 'plain'), kindsOf(it, 'gw', 'mixed')]).toEqual([['TLSRoute'], ['TLSRoute']])
    expect(conditionsOf(it, 'gw', 'plain').at(-1)).toBe('ResolvedRefs=True ResolvedRefs: No errors found')
    expect(conditionsOf(it, 'gw', 'mixed').at(-1)).toBe('ResolvedRefs=False InvalidRouteKinds: Invalid route kinds')
  })

  test('a listener that ends TLS supports the kinds it lists', async () => {
    const it = await stage(CERTIFICATE + gateway('gw', tlsListener('tls', 8443, {mode: 'Terminate', more: ', allowedRoutes: {kinds: [{kind: TLSRoute}]}'})))
    expect(kindsOf(it, 'gw', 'tls')).toEqual(['TLSRoute'])
    expect(conditionsOf(it, 'gw', 'tls')).toEqual(FINE)
  })

  test.each([
    {listens: 'abc.example.com', routes: ['*.example.com'], takes: ['abc.example.com'], closes: ['def.example.com', 'example.com']},
    {listens: '*.example.com', routes: ['abc.example.com'], takes: ['abc.example.com'], closes: ['def.example.com']},
    {listens: '*.example.com', routes: ['*.com'], takes: ['abc.example.com', 'a.b.example.com'], closes: ['abc.other.com', 'example.com']},
    {listens: undefined, routes: ['*.com'], takes: ['abc.example.com'], closes: ['abc.example.org', undefined]},
    {listens: 'abc.example.com', routes: ['abc.example.com', 'def.example.com'], takes: ['abc.example.com'], closes: ['def.example.com']},
  ])('a listener for $listens and a route for $routes serve the names they have in common', async ({listens, routes, takes, closes}) => {
    const it = await stage(gateway('gw', tlsListener('tls', 443, listens === undefined ? {} : {hostname: listens})) + backend('echo') + tlsRoute('route', ['name: gw'], ['name: echo, port: 3000'], {hostnames: routes}))
    expect(parentsOf(it, 'TLSRoute', 'route')).toEqual({gw: VALID})
    for (const name of takes) expect(reached(it, 'gw', 443, name)).toEqual(['1 echo'])
    for (const name of closes) expect(reached(it, 'gw', 443, name)).toBe('closed')
  })

  test('without a name in common a route is not accepted', async () => {
    const it = await stage(gateway('gw', tlsListener('tls', 443, {hostname: '*.example.com'})) + backend('echo') + tlsRoute('route', ['name: gw'], ['name: echo, port: 3000'], {hostnames: ['abc.example.org', 'example.com']}))
    expect(parentsOf(it, 'TLSRoute', 'route')).toEqual({gw: refused('NoMatchingListenerHostname: no hostnames matched parent hostname "*.example.com"')})
    expect(attached(it, 'gw')).toEqual({tls: 0})
  })

  test('listeners for HTTP, or for other kinds of routes, take no TLSRoute', async () => {
    const notAllowed = refused('NotAllowedByListeners: kind gateway.networking.k8s.io/v1/TLSRoute is not allowed')
    const it = await stage(
      CERTIFICATE +
        gateway('http', '{name: l, protocol: HTTP, port: 80}') +
        gateway('https', '{name: l, protocol: HTTPS, port: 443, tls: {certificateRefs: [{name: certificate}]}}') +
        gateway('tls', tlsListener('l', 443, {more: ', allowedRoutes: {kinds: [{kind: HTTPRoute}]}'})) +
        backend('echo') + ['http', 'https', 'tls'].map((name) => tlsRoute(name, [`name: ${name}`], ['name: echo, port: 3000'], {hostnames: ['a.com']})).join('') +
        tlsRoute('elsewhere', ['name: http, sectionName: nowhere'], ['name: echo, port: 3000'], {hostnames: ['a.com']}),
    )
    for (const name of ['http', 'https', 'tls']) {
      expect(parentsOf(it, 'TLSRoute', name)).toEqual({[name]: notAllowed})
      expect(attached(it, name)).toEqual({l: 0})
    }
    expect(parentsOf(it, 'TLSRoute', 'elsewhere')).toEqual({'http/nowhere': refused('NoMatchingParent: sectionName "nowhere" not found')})
  })

  test.each([
    {ref: 'name: missing, port: 3000', problem: 'BackendNotFound: backend(missing.default.svc.cluster.local) not found', share: 'missing: no cluster'},
    {ref: 'group: example.com, kind: Cow, name: milk, port: 1', problem: 'InvalidKind: referencing unsupported backendRef: group "example.com" kind "Cow"', share: 'UnknownService: no cluster'},
  ])('a backend that cannot be used ($ref) closes its connections', async ({ref, problem, share}) => {
    const it = await stage(gateway('gw', tlsListener('tls', 443)) + tlsRoute('route', ['name: gw'], [ref], {hostnames: ['abc.example.com']}))
    expect(parentsOf(it, 'TLSRoute', 'route')).toEqual({gw: accepted(problem)})
    expect(reached(it, 'gw', 443, 'abc.example.com')).toEqual([`1 ${share}`])
  })

  test('a backend in another namespace needs a grant for TLSRoutes', async () => {
    const it = await stage(namespace('backends') + gateway('gw', tlsListener('tls', 443)) + backend('echo', 'backends') + grant('backends', {kind: 'TCPRoute', from: 'default'}) + tlsRoute('route', ['name: gw'], ['name: echo, namespace: backends, port: 3000'], {hostnames: ['abc.example.com']}))
    expect(parentsOf(it, 'TLSRoute', 'route')).toEqual({gw: accepted('RefNotPermitted: backendRef echo/backends not accessible to a TLSRoute in namespace "default" (missing a ReferenceGrant?)')})
    const granted = await it.add(grant('backends', {kind: 'TLSRoute', from: 'default'}).replace('name: grant', 'name: right'))
    expect(parentsOf(granted, 'TLSRoute', 'route')).toEqual({gw: VALID})
    expect(reached(granted, 'gw', 443, 'abc.example.com')).toEqual(['1 echo'])
  })

  test.each([
    {older: '*.example.com', newer: 'abc.example.com'},
    {older: '*.com', newer: '*.example.com'},
    {older: '*.com', newer: 'abc.example.com'},
  ])('a newer route for $newer comes before an older one for $older', async ({older, newer}) => {
    const first = await stage(gateway('gw', tlsListener('tls', 443)) + backend('one') + backend('two') + tlsRoute('older', ['name: gw'], ['name: one, port: 3000'], {hostnames: [older]}))
    const both = await first.add(tlsRoute('newer', ['name: gw'], ['name: two, port: 3000'], {hostnames: [newer]}))
    expect(reached(both, 'gw', 443, 'abc.example.com')).toEqual(['1 two'])
    expect(reached(both, 'gw', 443, 'abc.other.com')).toEqual(older === '*.com' ? ['1 one'] : 'closed')
  })

  test('of two routes for the same name the older one gets the traffic', async () => {
    const first = await stage(gateway('gw', tlsListener('tls', 443)) + backend('one') + backend('two') + tlsRoute('older', ['name: gw'], ['name: one, port: 3000'], {hostnames: ['a.com']}))
    const both = await first.add(tlsRoute('a-newer', ['name: gw'], ['name: two, port: 3000'], {hostnames: ['a.com']}))
    expect(attached(both, 'gw')).toEqual({tls: 2})
    expect(reached(both, 'gw', 443, 'a.com')).toEqual(['1 one'])
  })

  test('weights share the connections of a server name', async () => {
    const refs = ['name: one, port: 3000, weight: 9', 'name: two, port: 3000']
    const it = await stage(gateway('gw', tlsListener('tls', 443)) + backend('one') + backend('two') + tlsRoute('route', ['name: gw'], refs, {hostnames: ['a.com'], version: 'v1alpha3'}))
    expect(reached(it, 'gw', 443, 'a.com')).toEqual(['9 one', '1 two'])
  })
})
