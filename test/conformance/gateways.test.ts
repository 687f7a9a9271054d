import {readFileSync} from 'node:fs'
import path from 'node:path'
import {describe, expect, test} from 'vitest'
import type {Service} from '../../src/api/kinds/service.js'
import {backend, gateway, gatewayWith, grant, namespace, tcpListener, tcpRoute, tlsListener} from './manifests.js'
import {attached, conditionLines, parentsOf, stage, type GatewayWithStatus, type Stage} from './stage.js'
import {reached} from './traffic.js'

const pem = (name: string) => readFileSync(path.resolve(import.meta.dirname, `../probe/tls/${name}.pem`)).toString('base64')
const secret = (place: string, data: string) => `apiVersion: v1\nkind: Secret\nmetadata: {name: certificate, namespace: ${place}}\ndata: ${data}\n---\n`
const CERTIFICATE = `{tls.crt: ${pem('certificate')}, tls.key: ${pem('key')}}`

const statusOf = (it: Stage, name: string) => it.find<GatewayWithStatus>('Gateway', name).status ?? {}
const gatewayConditions = (it: Stage, name: string) => conditionLines(statusOf(it, name).conditions)
const listenerConditions = (it: Stage, name: string, listener: string) => conditionLines(statusOf(it, name).listeners?.find((entry) => entry.name === listener)?.conditions)
const programmed = (it: Stage, name: string) => gatewayConditions(it, name).find((line) => line.startsWith('Programmed'))
const RESOLVED = 'ResolvedRefs=True ResolvedRefs: All references resolved'
const FINE = [
  'Accepted=True Accepted: No errors found',
  'Conflicted=False NoConflicts: No errors found',
  'Programmed=True Programmed: No errors found',
  'ResolvedRefs=True ResolvedRefs: No errors found',
]

describe('a managed Gateway', () => {
  test('is deployed with a Service, a Deployment and a ServiceAccount that belong to it', async () => {
    const it = await stage(gateway('gw', tcpListener('tcp', 31400)))
    const service = it.find<Service>('Service', 'gw-istio')
    expect(service.spec.ports?.map(({name, port}) => `${name}:${port}`)).toEqual(['status-port:15021', 'tcp:31400'])
    expect(it.world.pods.map(({metadata}) => metadata.labels?.['gateway.networking.k8s.io/gateway-name']).filter(Boolean)).toEqual(['gw'])
    expect(statusOf(it, 'gw').addresses).toEqual([{type: 'IPAddress', value: '127.0.0.1'}])
    expect(gatewayConditions(it, 'gw')).toEqual([
      'Accepted=True Accepted: Resource accepted',
      'Programmed=True Programmed: Resource programmed, assigned to service(s) gw-istio.default.svc.cluster.local:31400',
      RESOLVED,
    ])
    const after = await it.remove('Gateway', 'gw')
    expect(after.world.kinds.flat().filter(({kind, metadata}) => kind !== 'Event' && metadata.name.startsWith('gw'))).toEqual([])
  })

  test('has an address of its own where another has one of its ports', async () => {
    const first = await stage(gateway('b-older', tcpListener('tcp', 31400)))
    const both = await first.add(gateway('a-newer', tcpListener('tcp', 31400), tcpListener('more', 31401)))
    expect(statusOf(both, 'b-older').addresses).toEqual([{type: 'IPAddress', value: '127.0.0.1'}])
    expect(statusOf(both, 'a-newer').addresses).toEqual([{type: 'IPAddress', value: both.find<Service>('Service', 'a-newer-istio').spec.clusterIP}])
    expect(statusOf(await both.remove('Gateway', 'b-older'), 'a-newer').addresses).toEqual([{type: 'IPAddress', value: '127.0.0.1'}])
  })

  test("has an address of its own where an Istio Gateway has its port", async () => {
    const servers = '[{port: {number: 31400, name: tcp, protocol: TCP}, hosts: ["*"]}]'
    const istio = `apiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata: {name: istio, namespace: default}\nspec: {selector: {istio: ingressgateway}, servers: ${servers}}\n---\n`
    const it = await stage(istio + gateway('gw', tcpListener('tcp', 31400)))
    expect(statusOf(it, 'gw').addresses).toEqual([{type: 'IPAddress', value: it.find<Service>('Service', 'gw-istio').spec.clusterIP}])
  })

  test('may ask for an address of this machine, and for no other', async () => {
    const asking = (value: string) => gatewayWith('gw', `gatewayClassName: istio, addresses: [{type: IPAddress, value: ${value}}], listeners: [${tcpListener('tcp', 31400)}]`)
    const own = await stage(asking('127.128.9.9'))
    expect(statusOf(own, 'gw').addresses).toEqual([{type: 'IPAddress', value: '127.128.9.9'}])
    const foreign = await stage(asking('198.51.100.7'))
    expect(statusOf(foreign, 'gw').addresses).toBeUndefined()
    expect(programmed(foreign, 'gw')).toBe(
      'Programmed=False AddressNotAssigned: Assigned to service(s) gw-istio.default.svc.cluster.local:31400, but failed to assign to all requested addresses: ' +
        'address pending for hostname "gw-istio.default.svc.cluster.local"',
    )
  })

  test('says which of its ports another process has, until that lets go of it', async () => {
    const it = await stage(gateway('gw', tcpListener('a', 31400), tcpListener('b', 31401)))
    const problem = 'port 31400 at 127.0.0.1 is in use by nginx (pid 7)'
    const taken = await it.unbound([{gateway: 'default/gw', port: 31400, problem}, {gateway: 'default/other', port: 31401, problem}])
    expect(programmed(taken, 'gw')).toBe(
      `Programmed=False AddressNotUsable: Assigned to service(s) gw-istio.default.svc.cluster.local:31401, but failed to assign to all requested addresses: ${problem}`,
    )
    expect(listenerConditions(taken, 'gw', 'a')).toEqual([`Accepted=False PortUnavailable: ${problem}`, FINE[1], `Programmed=False Invalid: ${problem}`, FINE[3]])
    expect(listenerConditions(taken, 'gw', 'b')).toEqual(FINE)
    const freed = await taken.unbound([])
    expect(programmed(freed, 'gw')).toMatch(/^Programmed=True /)
    expect(listenerConditions(freed, 'gw', 'a')).toEqual(FINE)
  })

  test('follows its listeners', async () => {
    const it = await stage(gateway('gw', tcpListener('a', 9301)))
    expect(it.find<Service>('Service', 'gw-istio').spec.ports?.map(({port}) => port)).toEqual([15021, 9301])
    const changed = await it.change('Gateway', 'gw', (object) => ({...object, spec: {gatewayClassName: 'istio', listeners: [{name: 'b', protocol: 'TCP', port: 9302}]}}))
    expect(changed.find<Service>('Service', 'gw-istio').spec.ports?.map(({port}) => port)).toEqual([15021, 9302])
    expect(attached(changed, 'gw')).toEqual({b: 0})
    expect(statusOf(changed, 'gw').conditions?.map(({observedGeneration}) => observedGeneration)).toEqual([2, 2, 2])
  })

  test('says when its conditions changed, and nothing new where nothing did', async () => {
    const it = await stage(gateway('gw', tcpListener('tcp', 9310)) + tcpRoute('route', ['name: gw'], ['name: echo, port: 3000']))
    const before = it.find<GatewayWithStatus>('Gateway', 'gw')
    const later = await it.add(backend('echo'))
    expect(later.find('Gateway', 'gw')).toEqual(before)
    const times = later.find<{status: {parents: [{conditions: readonly {type: string; lastTransitionTime: string}[]}]}} & Service>('TCPRoute', 'route').status.parents[0].conditions
    expect(times.map(({type, lastTransitionTime}) => `${type} ${lastTransitionTime}`)).toEqual(['Accepted 2026-11-21T12:00:01Z', 'ResolvedRefs 2026-11-21T12:00:02Z'])
  })

  test('is left alone where a Service of its name is someone else\'s', async () => {
    const mine = 'apiVersion: v1\nkind: Service\nmetadata: {name: gw-istio, namespace: default}\nspec: {ports: [{port: 80}]}\n---\n'
    const it = await stage(mine + gateway('gw', tcpListener('tcp', 9310)))
    expect(it.find<Service>('Service', 'gw-istio').spec.ports?.map(({port}) => port)).toEqual([80])
    expect(programmed(it, 'gw')).toBe(
      'Programmed=False AddressNotAssigned: Failed to assign to any requested addresses: no instances found for hostname "gw-istio.default.svc.cluster.local"',
    )
  })
})

describe('a Gateway with addresses of type Hostname', () => {
  const manual = (place: string, value: string, port = 31400) =>
    `apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: gw, namespace: ${place}}\n` +
    `spec: {gatewayClassName: istio, addresses: [{type: Hostname, value: ${value}}], listeners: [${tcpListener('tcp', port, ', allowedRoutes: {namespaces: {from: All}}')}]}\n---\n`

  test('belongs to the workload behind that Service', async () => {
    const it = await stage(manual('istio-system', 'istio-ingressgateway.istio-system.svc.cluster.local'))
    expect(programmed(it, 'gw')).toBe('Programmed=True Programmed: Resource programmed, assigned to service(s) istio-ingressgateway.istio-system.svc.cluster.local:31400')
    expect(statusOf(it, 'gw').addresses).toEqual([{type: 'IPAddress', value: '127.0.0.1'}])
    expect(it.world.services.map(({metadata}) => metadata.name)).not.toContain('gw-istio')
  })

  test('may give a short name, which is one in its own namespace', async () => {
    expect(programmed(await stage(manual('istio-system', 'istio-ingressgateway')), 'gw')).toMatch(/^Programmed=True /)
  })

  test.each([
    {place: 'default', value: 'istio-ingressgateway.istio-system.svc.cluster.local', port: 31400, problem: 'hostname "istio-ingressgateway.istio-system.svc.cluster.local" not found in namespace "default", but it was found in namespace(s) "istio-system"'},
    {place: 'default', value: 'nowhere', port: 31400, problem: 'hostname "nowhere.default.svc.cluster.local" not found'},
    {place: 'istio-system', value: 'istio-ingressgateway', port: 9999, problem: 'port 9999 not found for hostname "istio-ingressgateway.istio-system.svc.cluster.local"'},
    {
      place: 'istio-system',
      value: 'istio-ingressgateway',
      port: 8080,
      problem:
        'port 8080 not found for hostname "istio-ingressgateway.istio-system.svc.cluster.local" ' +
        '(hint: the service port should be specified, not the workload port. Did you mean one of these ports: [80]?)',
    },
  ])('cannot use $value:$port from $place', async ({place, value, port, problem}) => {
    expect(programmed(await stage(manual(place, value, port)), 'gw')).toBe(`Programmed=False AddressNotUsable: Failed to assign to any requested addresses: ${problem}`)
  })
})

describe('Gateways of other kinds', () => {
  test('a remote one is accepted, and nothing is made of it', async () => {
    const it = await stage(gatewayWith('far', `gatewayClassName: istio-remote, addresses: [{type: Hostname, value: far.example.com}], listeners: [${tcpListener('tcp', 80)}]`))
    expect(statusOf(it, 'far').addresses).toEqual([{type: 'Hostname', value: 'far.example.com'}])
    expect(gatewayConditions(it, 'far')).toEqual(['Accepted=True Accepted: Resource accepted', 'Programmed=True Programmed: This Gateway is remote; Istio will not program it'])
  })

  test("a class of one's own with Istio's controller is as good", async () => {
    const own = 'apiVersion: gateway.networking.k8s.io/v1\nkind: GatewayClass\nmetadata: {name: mine}\nspec: {controllerName: istio.io/gateway-controller}\n---\n'
    const it = await stage(own + gateway('gw', tcpListener('tcp', 9310)).replace('gatewayClassName: istio', 'gatewayClassName: mine'))
    expect(programmed(it, 'gw')).toBe('Programmed=True Programmed: Resource programmed, assigned to service(s) gw-mine.default.svc.cluster.local:9310')
    expect(conditionLines(it.find<GatewayWithStatus>('GatewayClass', 'mine').status?.conditions)).toEqual(['Accepted=True Accepted: Handled by Istio controller'])
  })

  test("Istio's own classes come back when someone deletes them", async () => {
    const it = await (await stage(namespace('any'))).remove('GatewayClass', 'istio')
    expect(it.world.gatewayClasses.map(({metadata}) => metadata.name)).toEqual(['istio', 'istio-remote'])
  })
})

describe('listeners', () => {
  const CONFLICT = 'Listener has a conflict with another listener attached to the same Gateway'
  const lost = (reason: string) => [`Accepted=False ${reason}: ${CONFLICT}`, `Conflicted=True ${reason}: ${CONFLICT}`, `Programmed=False ${reason}: ${CONFLICT}`]

  test.each([
    {a: tcpListener('a', 9310), b: '{name: b, protocol: UDP, port: 9310}', reason: 'ProtocolConflict'},
    {a: tcpListener('a', 9310), b: tlsListener('b', 9310), reason: 'ProtocolConflict'},
    {a: tlsListener('a', 9310), b: tcpListener('b', 9310), reason: 'ProtocolConflict'},
    {a: '{name: a, protocol: HTTP, port: 9310}', b: tlsListener('b', 9310), reason: 'ProtocolConflict'},
  ])('of two on one port that cannot share it the earlier wins ($a, $b)', async ({a, b, reason}) => {
    const it = await stage(gateway('gw', a, b))
    expect(listenerConditions(it, 'gw', 'a')).toEqual(FINE)
    expect(listenerConditions(it, 'gw', 'b')).toEqual(lost(reason))
  })

  test('no route attaches to one that lost its place', async () => {
    const it = await stage(gateway('gw', tcpListener('a', 9310), tlsListener('b', 9310)) + backend('echo') + tcpRoute('route', ['name: gw, sectionName: b'], ['name: echo, port: 3000']))
    expect(parentsOf(it, 'TCPRoute', 'route')).toEqual({'gw/b': ['Accepted=False NoMatchingParent: sectionName "b" not found', RESOLVED]})
  })

  test('different host names share a port, whatever the protocol', async () => {
    const it = await stage(gateway('gw', tlsListener('a', 443, {hostname: 'a.com'}), tlsListener('b', 443, {hostname: 'b.com'}), tlsListener('all', 443)))
    for (const name of ['a', 'b', 'all']) expect(listenerConditions(it, 'gw', name)).toEqual(FINE)
  })

  test.each([
    {protocol: 'UDP', message: 'protocol "UDP" is unsupported'},
    {protocol: 'tcp', message: 'protocol "tcp" is unsupported. hint: "TCP" (uppercase) may be supported'},
    {protocol: 'HBONE', message: 'protocol "HBONE" is only supported for waypoint proxies'},
  ])('$protocol is not supported', async ({protocol, message}) => {
    const it = await stage(gateway('gw', `{name: l, protocol: ${protocol}, port: 9310}`))
    expect(listenerConditions(it, 'gw', 'l')).toEqual([`Accepted=False UnsupportedProtocol: ${message}`, ...FINE.slice(1)])
  })

  test('routes are taken from the namespaces a listener allows', async () => {
    const allowed = (namespaces: string) => `, allowedRoutes: {namespaces: ${namespaces}}`
    const listeners = [
      tcpListener('same', 9301),
      tcpListener('all', 9302, allowed('{from: All}')),
      tcpListener('some', 9303, allowed('{from: Selector, selector: {matchLabels: {team: a}}}')),
      tcpListener('by-name', 9304, allowed('{from: Selector, selector: {matchExpressions: [{key: kubernetes.io/metadata.name, operator: In, values: [b]}]}}')),
    ]
    const names = ['same', 'all', 'some', 'by-name']
    const labelled = namespace('a').replace('{name: a}', '{name: a, labels: {team: a}}')
    const routes = ['a', 'b'].map((place) => backend('echo', place) + names.map((name) => tcpRoute(name, [`name: gw, namespace: default, sectionName: ${name}`], ['name: echo, port: 3000'], {namespace: place})).join(''))
    const it = await stage(labelled + namespace('b') + gateway('gw', ...listeners) + routes.join(''))
    expect(attached(it, 'gw')).toEqual({same: 0, all: 2, some: 1, 'by-name': 1})
    const denied = 'Accepted=False NotAllowedByListeners: hostnames matched parent hostname "", but namespace "a" is not allowed by the parent'
    expect(parentsOf(it, 'TCPRoute', 'same')).toEqual({'gw/same': [denied, RESOLVED]})
    expect([9301, 9303, 9304].map((port) => reached(it, 'gw', port))).toEqual([undefined, ['1 echo'], ['1 echo']])
  })
})

describe('certificates of listeners', () => {
  const ending = (ref: string) => gateway('gw', `{name: tls, protocol: TLS, port: 443, tls: {mode: Terminate, certificateRefs: [${ref}]}}`)
  const BAD = 'Programmed=False Invalid: Bad TLS configuration'

  test.each([
    {ref: '{name: certificate}', more: '', problem: 'InvalidCertificateRef: invalid certificate reference /Secret/certificate., secret default/certificate not found'},
    {ref: '{name: certificate, kind: ConfigMap}', more: '', problem: 'InvalidCertificateRef: invalid certificate reference /ConfigMap/certificate., only secret is allowed'},
    {ref: '{name: certificate, namespace: certs}', more: namespace('certs') + secret('certs', CERTIFICATE), problem: 'RefNotPermitted: certificateRef certificate/certs not accessible to a Gateway in namespace "default" (missing a ReferenceGrant?)'},
  ])('$problem', async ({ref, more, problem}) => {
    const it = await stage(more + ending(ref))
    expect(listenerConditions(it, 'gw', 'tls')).toEqual([FINE[0], FINE[1], BAD, `ResolvedRefs=False ${problem}`])
    expect(reached(it, 'gw', 443, 'a.com')).toBeUndefined()
  })

  test('one that is no certificate is refused', async () => {
    const it = await stage(secret('default', '{tls.crt: "", tls.key: ""}') + ending('{name: certificate}'))
    expect(listenerConditions(it, 'gw', 'tls').at(-1)).toMatch(/^ResolvedRefs=False InvalidCertificateRef: invalid certificate reference \/Secret\/certificate\., /)
  })

  test('one of another namespace is used where a ReferenceGrant permits it', async () => {
    const permit = grant('certs', {kind: 'Gateway', from: 'default'}).replace('kind: Service', 'kind: Secret')
    const it = await stage(namespace('certs') + secret('certs', CERTIFICATE) + permit + ending('{name: certificate, namespace: certs}') + backend('echo') + tcpRoute('route', ['name: gw'], ['name: echo, port: 3000']))
    expect(listenerConditions(it, 'gw', 'tls')).toEqual(FINE)
    expect(reached(it, 'gw', 443, 'a.com')).toEqual(['1 echo'])
  })

  test('a Secret that comes later makes the listener good', async () => {
    const it = await stage(ending('{name: certificate}'))
    expect(listenerConditions(await it.add(secret('default', CERTIFICATE)), 'gw', 'tls')).toEqual(FINE)
  })
})
