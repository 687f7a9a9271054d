import {describe, expect, test} from 'vitest'
import {backend, gateway, grant, namespace, tcpListener, tcpRoute} from './manifests.js'
import {attached, parentsOf, stage} from './stage.js'
import {reached} from './traffic.js'

const VALID = ['Accepted=True Accepted: Route was valid', 'ResolvedRefs=True ResolvedRefs: All references resolved']
const accepted = (problem: string) => ['Accepted=True Accepted: Route was valid', `ResolvedRefs=False ${problem}`]
const refused = (problem: string) => [`Accepted=False ${problem}`, 'ResolvedRefs=True ResolvedRefs: All references resolved']

/** The scenarios of kubernetes-sigs/gateway-api conformance for TCPRoute. */
describe('TCPRoute', () => {
  test('a route attaches to a Gateway of its namespace and traffic reaches the backend', async () => {
    const it = await stage(gateway('gw', tcpListener('tcp', 8080)) + backend('echo') + tcpRoute('route', ['name: gw, sectionName: tcp'], ['name: echo, port: 3000']))
    expect(parentsOf(it, 'TCPRoute', 'route')).toEqual({'gw/tcp': VALID})
    expect(attached(it, 'gw')).toEqual({tcp: 1})
    expect(reached(it, 'gw', 8080)).toEqual(['1 echo'])
  })

  test('weights share connections in proportion, and a backend with weight 0 gets none', async () => {
    const refs = ['name: a, port: 3000, weight: 70', 'name: b, port: 3000, weight: 30', 'name: c, port: 3000, weight: 0']
    const it = await stage(gateway('gw', tcpListener('tcp', 9310)) + ['a', 'b', 'c'].map((name) => backend(name)).join('') + tcpRoute('route', ['name: gw'], refs))
    expect(parentsOf(it, 'TCPRoute', 'route')).toEqual({gw: VALID})
    expect(reached(it, 'gw', 9310)).toEqual(['70 a', '30 b'])
  })

  test('a weight that is not written is 1, and one backend gets everything whatever its weight', async () => {
    const route = (refs: readonly string[]) => stage(gateway('gw', tcpListener('tcp', 9310)) + backend('a') + backend('b') + tcpRoute('route', ['name: gw'], refs))
    expect(reached(await route(['name: a, port: 3000', 'name: b, port: 3000, weight: 3']), 'gw', 9310)).toEqual(['1 a', '3 b'])
    expect(reached(await route(['name: a, port: 3000, weight: 5', 'name: b, port: 3000, weight: 0']), 'gw', 9310)).toEqual(['1 a'])
  })

  test('without any weight every connection is accepted and closed', async () => {
    const it = await stage(gateway('gw', tcpListener('tcp', 9310)) + backend('a') + tcpRoute('route', ['name: gw'], ['name: a, port: 3000, weight: 0']))
    expect(parentsOf(it, 'TCPRoute', 'route')).toEqual({gw: VALID})
    expect(reached(it, 'gw', 9310)).toEqual(['1 internal: no cluster'])
  })

  test('of two routes on one listener both are accepted and counted, and the older one gets the traffic', async () => {
    const older = await stage(gateway('gw', tcpListener('tcp', 9091)) + backend('one') + backend('two') + tcpRoute('b-older', ['name: gw, sectionName: tcp'], ['name: one, port: 3000']))
    const both = await older.add(tcpRoute('a-newer', ['name: gw, sectionName: tcp'], ['name: two, port: 3000']))
    expect(parentsOf(both, 'TCPRoute', 'b-older')).toEqual({'gw/tcp': VALID})
    expect(parentsOf(both, 'TCPRoute', 'a-newer')).toEqual({'gw/tcp': VALID})
    expect(attached(both, 'gw')).toEqual({tcp: 2})
    expect(reached(both, 'gw', 9091)).toEqual(['1 one'])
    expect(reached(await both.remove('TCPRoute', 'b-older'), 'gw', 9091)).toEqual(['1 two'])
  })

  test('routes choose listeners by port, by sectionName, or by both', async () => {
    const listeners = [1, 2, 3].map((n) => tcpListener(`tcp-${n}`, 9300 + n))
    const refs = ['port: 9301', 'sectionName: tcp-2', 'sectionName: tcp-3, port: 9303']
    const routes = refs.map((ref, i) => backend(`echo-${i + 1}`) + tcpRoute(`route-${i + 1}`, [`name: gw, ${ref}`], [`name: echo-${i + 1}, port: 3000`]))
    const it = await stage(gateway('gw', ...listeners) + routes.join(''))
    expect(attached(it, 'gw')).toEqual({'tcp-1': 1, 'tcp-2': 1, 'tcp-3': 1})
    for (const n of [1, 2, 3]) expect(reached(it, 'gw', 9300 + n)).toEqual([`1 echo-${n}`])
  })

  test('a port or a section that is not there is said for every listener', async () => {
    const it = await stage(
      gateway('gw', tcpListener('a', 9301), tcpListener('b', 9302)) +
        tcpRoute('by-port', ['name: gw, port: 9999'], ['name: echo, port: 3000']) +
        tcpRoute('by-name', ['name: gw, sectionName: c'], ['name: echo, port: 3000']) +
        backend('echo'),
    )
    expect(parentsOf(it, 'TCPRoute', 'by-port')).toEqual({'gw:9999': refused('NoMatchingParent: port 9999 not found; port 9999 not found')})
    expect(parentsOf(it, 'TCPRoute', 'by-name')).toEqual({'gw/c': refused('NoMatchingParent: sectionName "c" not found; sectionName "c" not found')})
    expect(attached(it, 'gw')).toEqual({a: 0, b: 0})
  })

  test('a route that names no listener attaches to all of them', async () => {
    const listeners = [tcpListener('a', 9301), tcpListener('b', 9302)]
    const it = await stage(gateway('gw', ...listeners) + backend('echo') + tcpRoute('route', ['name: gw'], ['name: echo, port: 3000']))
    expect(parentsOf(it, 'TCPRoute', 'route')).toEqual({gw: ['Accepted=True Accepted: Route was valid, bound to 2 parents', VALID[1]]})
    expect([9301, 9302].map((port) => reached(it, 'gw', port))).toEqual([['1 echo'], ['1 echo']])
  })

  test('a listener of another protocol takes no TCPRoute', async () => {
    const udp = '{name: udp, protocol: UDP, port: 5300, allowedRoutes: {kinds: [{kind: UDPRoute}]}}'
    const it = await stage(gateway('gw', udp) + tcpRoute('route', ['name: gw, sectionName: udp'], ['name: echo, port: 3000']) + backend('echo'))
    expect(parentsOf(it, 'TCPRoute', 'route')).toEqual({'gw/udp': refused('NotAllowedByListeners: kind gateway.networking.k8s.io/v1/TCPRoute is not allowed')})
    expect(attached(it, 'gw')).toEqual({udp: 0})
    expect(reached(it, 'gw', 5300)).toBeUndefined()
  })

  test('a backend that does not exist keeps its share, which fails', async () => {
    const refs = ['name: echo, port: 3000, weight: 80', 'name: missing, port: 3000, weight: 20']
    const it = await stage(gateway('gw', tcpListener('tcp', 9310)) + backend('echo') + tcpRoute('route', ['name: gw'], refs))
    expect(parentsOf(it, 'TCPRoute', 'route')).toEqual({gw: accepted('BackendNotFound: backend(missing.default.svc.cluster.local) not found')})
    expect(reached(it, 'gw', 9310)).toEqual(['80 echo', '20 missing: no cluster'])
    expect(reached(await it.add(backend('missing')), 'gw', 9310)).toEqual(['80 echo', '20 missing'])
  })

  test('a backend of an unknown kind keeps its share, which fails', async () => {
    const it = await stage(gateway('gw', tcpListener('tcp', 9310)) + tcpRoute('route', ['name: gw'], ['group: example.com, kind: Cow, name: milk, port: 1']))
    expect(parentsOf(it, 'TCPRoute', 'route')).toEqual({gw: accepted('InvalidKind: referencing unsupported backendRef: group "example.com" kind "Cow"')})
    expect(reached(it, 'gw', 9310)).toEqual(['1 UnknownService: no cluster'])
  })

  const crossing = namespace('backends') + gateway('gw', tcpListener('tcp', 9320)) + backend('echo', 'backends')
  const toOther = tcpRoute('route', ['name: gw, sectionName: tcp'], ['name: echo, namespace: backends, port: 3000'])
  const notPermitted = accepted('RefNotPermitted: backendRef echo/backends not accessible to a TCPRoute in namespace "default" (missing a ReferenceGrant?)')

  test('a backend in another namespace is not permitted without a grant', async () => {
    const it = await stage(crossing + toOther)
    expect(parentsOf(it, 'TCPRoute', 'route')).toEqual({'gw/tcp': notPermitted})
    expect(reached(it, 'gw', 9320)).toEqual(['1 UnknownService: no cluster'])
  })

  test('a ReferenceGrant in the namespace of the backend permits it, and its end forbids it again', async () => {
    const it = await stage(crossing + toOther + grant('backends', {kind: 'TCPRoute', from: 'default', service: 'echo'}))
    expect(parentsOf(it, 'TCPRoute', 'route')).toEqual({'gw/tcp': VALID})
    expect(reached(it, 'gw', 9320)).toEqual(['1 echo'])
    expect(parentsOf(await it.remove('ReferenceGrant', 'grant'), 'TCPRoute', 'route')).toEqual({'gw/tcp': notPermitted})
  })

  test('a grant for another kind, namespace or name, or in another namespace, permits nothing', async () => {
    const grants = [
      grant('backends', {kind: 'HTTPRoute', from: 'default', service: 'echo'}),
      grant('backends', {kind: 'TCPRoute', from: 'backends', service: 'echo'}),
      grant('backends', {kind: 'TCPRoute', from: 'default', service: 'other'}),
      grant('default', {kind: 'TCPRoute', from: 'default', service: 'echo'}),
    ]
    for (const useless of grants) expect(parentsOf(await stage(crossing + toOther + useless), 'TCPRoute', 'route')).toEqual({'gw/tcp': notPermitted})
  })

  test('of several parents Istio reports the accepted ones only', async () => {
    const it = await stage(gateway('gw', tcpListener('tcp', 9310)) + backend('echo') + tcpRoute('route', ['name: gw, sectionName: tcp', 'name: gw, sectionName: nowhere'], ['name: echo, port: 3000']))
    expect(parentsOf(it, 'TCPRoute', 'route')).toEqual({'gw/tcp': VALID})
  })

  test('nothing is said of a route whose Gateway is not there or is of another controller', async () => {
    const other = 'apiVersion: gateway.networking.k8s.io/v1\nkind: GatewayClass\nmetadata: {name: other}\nspec: {controllerName: example.com/other}\n---\n'
    const foreign = gateway('foreign', tcpListener('tcp', 9310)).replace('gatewayClassName: istio', 'gatewayClassName: other')
    const it = await stage(other + foreign + tcpRoute('route', ['name: foreign', 'name: nowhere'], ['name: echo, port: 3000']))
    expect(parentsOf(it, 'TCPRoute', 'route')).toEqual({})
    expect(it.find('Gateway', 'foreign')).not.toHaveProperty('status.listeners')
    expect(it.world.services.map(({metadata}) => metadata.name)).not.toContain('foreign-other')
  })
})
