import {readFileSync} from 'node:fs'
import path from 'node:path'
import {parseAllDocuments} from 'yaml'
import {describe, expect, test} from 'vitest'
import {rules} from '../src/analyze/rules.js'
import {checkObject} from './help/check-object.js'
import type {KubeObject} from '../src/api/object.js'
import {typeFor} from '../src/api/registry.js'
import {chooseChain} from '../src/routing/choose-chain.js'
import {compileAll} from '../src/routing/compile-all.js'
import {changedListeners} from './routing/changed-listeners.js'
import type {Cluster, Listener, Routing} from '../src/routing/routing.js'
import {analyzeText} from './analyze/findings-of.js'
import {INGRESS_PROXY, snapshotOf} from './routing/snapshot-of.js'

// What people who know Kubernetes get wrong about Istio's TCP routing, one by one.

const ISTIO = 'apiVersion: networking.istio.io/v1'
const K8S = 'apiVersion: gateway.networking.k8s.io/v1'
const ECHO = [
  '{apiVersion: v1, kind: Service, metadata: {name: tcp-echo}, spec: {selector: {app: tcp-echo}, ports: [{name: tcp, port: 9000}]}}',
  '{kind: Deployment, metadata: {name: v1}, spec: {template: {metadata: {labels: {app: tcp-echo, version: v1}}}}}',
  '{kind: Deployment, metadata: {name: v2}, spec: {template: {metadata: {labels: {app: tcp-echo, version: v2}}}}}',
]
const PLAIN = "{port: {number: 31400, name: tcp, protocol: TCP}, hosts: ['*']}"
const gateway = (server = PLAIN, name = 'gw', namespace = 'default') => `{${ISTIO}, kind: Gateway, metadata: {name: ${name}, namespace: ${namespace}}, spec: {selector: {istio: ingressgateway}, servers: [${server}]}}`
const to = (subset: string, weight?: number) => `{destination: {host: tcp-echo, subset: ${subset}}${weight === undefined ? '' : `, weight: ${weight}`}}`
const service = (blocks: string, {name = 'vs', hosts = "['*']", gateways = '[gw]', more = ''} = {}) =>
  `{${ISTIO}, kind: VirtualService, metadata: {name: ${name}}, spec: {hosts: ${hosts}, gateways: ${gateways}, ${blocks}${more}}}`
const tcp = (...routes: string[]) => `tcp: [{route: [${routes.join(', ')}]}]`
const rule = (more = '', namespace = 'default') =>
  `{${ISTIO}, kind: DestinationRule, metadata: {name: dr, namespace: ${namespace}}, spec: {host: tcp-echo.default.svc.cluster.local, subsets: [{name: v1, labels: {version: v1}}, {name: v2, labels: {version: v2}}]${more}}}`
const tcpRoute = (backends: string, name = 'tcp') =>
  `{${K8S}, kind: TCPRoute, metadata: {name: ${name}}, spec: {parentRefs: [{name: gtw}], rules: [{backendRefs: [${backends}]}]}}`
const API = [
  `{${K8S}, kind: Gateway, metadata: {name: gtw}, spec: {gatewayClassName: istio, listeners: [{name: tcp, port: 31400, protocol: TCP}]}}`,
  '{apiVersion: v1, kind: Service, metadata: {name: gtw-istio}, spec: {clusterIP: 127.200.0.9, selector: {gateway.networking.k8s.io/gateway-name: gtw}, ports: [{name: tcp, port: 31400}]}}',
]

const compile = (...objects: string[]): Routing => compileAll(snapshotOf([...ECHO, ...objects].join('\n---\n')), INGRESS_PROXY)
const listeners = (routing: Routing): readonly Listener[] => routing.listeners.filter(({scope}) => scope !== 'mesh')
const names = (routing: Routing) => listeners(routing).map(({name}) => name)
/** Subset and weight of each destination of the only chain. */
const shares = (routing: Routing) => listeners(routing)[0]?.chains[0]?.route.destinations.map(({subset, weight}) => [subset, weight])
const hosts = (routing: Routing) => listeners(routing)[0]?.chains[0]?.route.destinations.map(({cluster}) => cluster)
const cluster = (routing: Routing, subset: string): Cluster | undefined => routing.clusters[`outbound|9000|${subset}|tcp-echo.default.svc.cluster.local`]

function refusals(text: string): readonly string[] {
  const object = parseAllDocuments(text)[0]?.toJS() as KubeObject
  const {refusal, admission} = checkObject(typeFor(object), object)
  return refusal === undefined ? admission.errors : [refusal.message]
}

describe('surprises', () => {
  test('1: a Gateway without a matching VirtualService opens nothing', () => {
    expect(names(compile(gateway(), rule()))).toEqual([])
  })

  test('2: one destination gets all whatever its weight; several share relatively, and no weight is none', () => {
    expect([0, 7, undefined].map((weight) => shares(compile(gateway(), rule(), service(tcp(to('v1', weight))))))).toEqual(Array(3).fill([['v1', 1]]))
    expect(shares(compile(gateway(), rule(), service(tcp(to('v1', 1), to('v2', 3)))))).toEqual([['v1', 1], ['v2', 3]])
    expect(shares(compile(gateway(), rule(), service(tcp(to('v1'), to('v2', 5)))))).toEqual([['v2', 5]])
    expect(listeners(compile(...API, tcpRoute('{name: tcp-echo, port: 9000}, {name: gone, port: 1, weight: 3}')))[0]?.chains[0]?.route.destinations.map(({weight}) => weight)).toEqual([1, 3])
  })

  test('3: only zeros refuse a VirtualService; a TCPRoute takes them and closes every connection', () => {
    expect(refusals(service(tcp(to('v1', 0), to('v2', 0))))).toEqual(['total destination weight = 0'])
    const closed = compile(...API, tcpRoute('{name: tcp-echo, port: 9000, weight: 0}, {name: gone, port: 1, weight: 0}'))
    expect(hosts(closed)?.filter((key) => closed.clusters[key] !== undefined)).toEqual([])
    expect(names(closed)).not.toEqual([])
  })

  test('4: only the first matching block of the first VirtualService counts', () => {
    const second = service(tcp(to('v2')), {name: 'zz'})
    expect(shares(compile(gateway(), rule(), second, service(`tcp: [{route: [${to('v1')}]}, {route: [${to('v2')}]}]`)))).toEqual([['v1', 1]])
  })

  test('5: a second plain server on a port is dropped, whatever its hosts; an earlier name wins', () => {
    const other = gateway("{port: {number: 31400, name: x, protocol: TCP}, hosts: ['other.example.com']}", 'alpha')
    expect(names(compile(gateway(), other, rule(), service(tcp(to('v1')))))).toEqual([])
  })

  test('6: TLS then TCP share a port; TCP then TLS loses the TLS server', () => {
    const tls = '{port: {number: 31400, name: tls, protocol: TLS}, hosts: [a.example.com], tls: {mode: PASSTHROUGH}}'
    const both = service(`${tcp(to('v1'))}, tls: [{match: [{sniHosts: [a.example.com]}], route: [${to('v2')}]}]`, {hosts: '[a.example.com]'})
    const chains = (servers: string) => listeners(compile(gateway(servers), rule(), both))[0]?.chains.map(({match}) => match?.serverNames ?? 'all')
    expect(chains(`${tls}, ${PLAIN}`)).toEqual([['a.example.com'], 'all'])
    expect(chains(`${PLAIN}, ${tls}`)).toEqual(['all'])
  })

  test('7: at a gateway a match on sources or subnets matches everyone', () => {
    const match = '{sourceLabels: {a: b}, sourceNamespace: nowhere, sourceSubnet: 10.0.0.0/8, destinationSubnets: [10.0.0.0/8]}'
    expect(shares(compile(gateway(), rule(), service(`tcp: [{match: [${match}], route: [${to('v1')}]}]`)))).toEqual([['v1', 1]])
  })

  test('8, 9: match.port is the port of the server, and the process listens at the targetPort of the ingress Service', () => {
    const web = gateway("{port: {number: 80, name: tcp, protocol: TCP}, hosts: ['*']}")
    const at = (port: number) => names(compile(web, rule(), service(`tcp: [{match: [{port: ${port}}], route: [${to('v1')}]}]`)))
    expect([at(80), at(8080), at(9000)]).toEqual([['0.0.0.0_8080'], [], []])
  })

  test.each([
    ["['foo.com']", "['*.foo.com']", false],
    ["['a.foo.com']", "['*.foo.com']", true],
    ["['a.foo.com']", "['other/a.foo.com']", false],
    ["['a.foo.com']", "['default/*']", true],
    ["['b.foo.com']", "['a.foo.com']", false],
  ])('10: hosts %s of a VirtualService belong to hosts %s of a Gateway: %s, also for plain TCP', (own, servers, isBound) => {
    const server = `{port: {number: 31400, name: tcp, protocol: TCP}, hosts: ${servers}}`
    expect(names(compile(gateway(server), rule(), service(tcp(to('v1')), {hosts: own})))).toEqual(isBound ? ['0.0.0.0_31400'] : [])
  })

  test('11, 12: the TLS mode says which blocks count, and * takes clients that speak no TLS; no name that fits is NR', () => {
    const mode = (tls: string, hostNames = '[a.example.com]') => {
      const server = `{port: {number: 15443, name: tls, protocol: TLS}, hosts: ${hostNames}, tls: ${tls}}`
      const both = service(`${tcp(to('v1'))}, tls: [{match: [{sniHosts: ${hostNames}}], route: [${to('v2')}]}]`, {hosts: hostNames})
      return listeners(compile(gateway(server), rule(), both))[0]?.chains ?? []
    }
    expect([mode('{}'), mode('{mode: PASSTHROUGH}'), mode('{mode: SIMPLE, credentialName: x}')].map((chains) => chains[0]?.route.destinations[0]?.subset)).toEqual(['v2', 'v2', 'v1'])
    const chosen = (chains: readonly Listener['chains'][number][], serverName?: string) => chooseChain(chains, {address: '10.0.0.1', ...(serverName === undefined ? {} : {serverName})}) !== undefined
    const [named, all] = [mode('{}'), mode('{}', "['*']")]
    expect([chosen(named, 'a.example.com'), chosen(named, 'b.example.com'), chosen(named), chosen(all), chosen(all, 'b.example.com')]).toEqual([true, false, false, true, true])
  })

  test('13: a short name is in the namespace of the VirtualService; name.namespace is not completed and leads nowhere', () => {
    const leads = (host: string) => {
      const routing = compile(gateway(), rule(), service(`tcp: [{route: [{destination: {host: ${host}, port: {number: 9000}}}]}]`))
      return routing.clusters[hosts(routing)?.[0] ?? ''] !== undefined
    }
    expect([leads('tcp-echo'), leads('tcp-echo.default'), leads('tcp-echo.default.svc.cluster.local')]).toEqual([true, false, true])
  })

  test('14: a subset nobody defines is no cluster (NC), one without pods a cluster without endpoints (UH)', () => {
    expect(cluster(compile(gateway(), rule(), service(tcp(to('v3')))), 'v3')).toBeUndefined()
    const empty = rule(', trafficPolicy: {loadBalancer: {simple: RANDOM}}').replace('{version: v2}', '{version: v9}')
    expect(cluster(compile(gateway(), empty, service(tcp(to('v2')))), 'v2')?.endpoints).toEqual([])
  })

  test('15: a DestinationRule that is private to its namespace, or lives in a third one, does not exist for the ingress', () => {
    const seen = (text: string) => cluster(compile(gateway(), text, service(tcp(to('v1')))), 'v1') !== undefined
    expect([seen(rule()), seen(rule(", exportTo: ['.']")), seen(rule('', 'elsewhere')), seen(rule('', 'istio-system'))]).toEqual([true, false, false, true])
  })

  test('16: idle timeouts of TCP count at the top of a policy only; without one it is an hour, 0s is never', () => {
    const idle = (more: string) => listeners(compile(gateway(), rule(more), service(tcp(to('v1')))))[0]?.chains[0]?.route.idleTimeoutMs
    const pool = (value: string) => `{connectionPool: {tcp: {idleTimeout: ${value}}}}`
    expect([idle(''), idle(`, trafficPolicy: ${pool('5s')}`), idle(`, trafficPolicy: ${pool('0s')}`)]).toEqual([3_600_000, 5000, 0])
    expect(idle(`, trafficPolicy: {portLevelSettings: [{port: {number: 9000}, connectionPool: {tcp: {idleTimeout: 5s}}}]}`)).toBe(3_600_000)
  })

  test('17: settings for a port replace those above them, and a subset replaces a whole connectionPool', () => {
    const top = 'connectionPool: {tcp: {maxConnections: 7, connectTimeout: 2s}}'
    const atPort = cluster(compile(gateway(), rule(`, trafficPolicy: {${top}, portLevelSettings: [{port: {number: 9000}, loadBalancer: {simple: RANDOM}}]}`), service(tcp(to('v1')))), 'v1')
    expect(atPort).toMatchObject({maxConnections: 0, connectTimeoutMs: 10_000, loadBalancer: 'RANDOM'})
    const ofSubset = rule(`, trafficPolicy: {${top}}`).replace('labels: {version: v1}', 'labels: {version: v1}, trafficPolicy: {connectionPool: {tcp: {maxConnections: 1}}}')
    expect(cluster(compile(gateway(), ofSubset, service(tcp(to('v1')))), 'v1')).toMatchObject({maxConnections: 1, connectTimeoutMs: 10_000})
  })

  test('18: of a weighted route only the top of the first rule may hash, and the choice of the subset stays random', () => {
    const hashed = (routes: string[], text: string) => listeners(compile(gateway(), text, service(tcp(...routes))))[0]?.chains[0]?.route.hashesSourceIp ?? false
    const lb = 'loadBalancer: {consistentHash: {useSourceIp: true}}'
    const inSubset = rule().replace('labels: {version: v1}', `labels: {version: v1}, trafficPolicy: {${lb}}`)
    expect([hashed([to('v1', 1), to('v2', 1)], inSubset), hashed([to('v1')], inSubset), hashed([to('v1', 1), to('v2', 1)], rule(`, trafficPolicy: {${lb}}`))]).toEqual([false, true, true])
  })

  test('19, 20, 21: least requests is the default; outlier detection ejects a tenth at most; limits are of each subset', () => {
    const routing = compile(gateway(), rule(', trafficPolicy: {outlierDetection: {}, connectionPool: {tcp: {maxConnections: 5}}}'), service(tcp(to('v1', 1), to('v2', 1))))
    expect(['v1', 'v2'].map((subset) => cluster(routing, subset))).toMatchObject(Array(2).fill({loadBalancer: 'LEAST_REQUEST', maxConnections: 5, outlierDetection: {maxEjectionPercent: 10}}))
  })

  test('22: a change of weights touches only the chain that has them', () => {
    const second = [gateway("{port: {number: 31401, name: b, protocol: TCP}, hosts: ['*']}", 'other'), service(tcp(to('v1')), {name: 'other', gateways: '[other]'})]
    const at = (weight: number) => compile(gateway(), rule(), service(tcp(to('v1', 100 - weight), to('v2', weight))), ...second)
    expect(changedListeners(at(10), at(20))).toMatchObject({added: [], removed: [], changed: [{after: {name: '0.0.0.0_31400'}}]})
  })

  test('29: a missing Gateway is said twice', () => {
    const said = analyzeText([...ECHO.slice(0, 1), service(tcp(`{destination: {host: tcp-echo}}`), {gateways: '[gone]'})].join('\n---\n'), {rules})
    expect(said.filter(({code}) => code === 'IST0101' || code === 'IST0132').map(({code}) => code)).toEqual(['IST0101', 'IST0132'])
  })

  test.each([
    ['31: ./gw is refused', service(tcp(to('v1')), {gateways: "['./gw']"}), ['invalid value for namespace: "."']],
    ['31: names after the first short one go unchecked', service(tcp(to('v1')), {gateways: "[gw, 'bad/na.me']"}), []],
    ['32: partial wildcards are for VirtualServices', service(tcp(to('v1')), {hosts: "['*foo.bar']"}), []],
    ['32: and not for Gateways', gateway("{port: {number: 1, name: a, protocol: TCP}, hosts: ['*foo.bar']}"), ['partial wildcard "*foo.bar" not allowed']],
    ['32: short names are for VirtualServices', service(tcp(to('v1')), {hosts: '[short]'}), []],
    ['32: and not for Gateways', gateway('{port: {number: 1, name: a, protocol: TCP}, hosts: [short]}'), ['short names (non FQDN) are not allowed']],
    ['34: an idle timeout may be 0s', rule(', trafficPolicy: {connectionPool: {tcp: {idleTimeout: 0s}}}'), []],
    ['34: a connect timeout may not', rule(', trafficPolicy: {connectionPool: {tcp: {connectTimeout: 0s}}}'), ['duration must be greater than 1ms']],
    ['43: protocols are read without regard to case in a Gateway of Istio', gateway("{port: {number: 1, name: a, protocol: tCp}, hosts: ['*']}"), []],
    ['43: UDP passes there', gateway("{port: {number: 1, name: a, protocol: UDP}, hosts: ['*']}"), []],
    ['44: the name of a Gateway is a label', gateway(PLAIN, 'a.b'), ['invalid gateway name: "a.b"']],
  ])('%s', (_, text, errors) => {
    expect(refusals(text)).toEqual(errors)
  })

  test('35: an empty block passes the CRD and not istiod; an unknown field does not even get there', () => {
    expect(refusals(service('tcp: [{}]'))).toEqual(['TCP route is required'])
    expect(refusals(service(tcp(to('v1')), {more: ', foo: 1'}))).toEqual([expect.stringContaining('unknown field "spec.foo"')])
  })

  test('36, 37: a TCPRoute of the alpha version is the same thing; of two on one listener the oldest takes all', () => {
    const alpha = tcpRoute('{name: tcp-echo, port: 9000}', 'a').replace('k8s.io/v1', 'k8s.io/v1alpha2')
    const routing = compile(...API, tcpRoute('{name: gone, port: 1}', 'b'), alpha)
    expect(listeners(routing)[0]?.chains.map(({source}) => source?.name)).toEqual(['a'])
  })

  test('38: a backend that does not exist keeps its share, which fails', () => {
    const routing = compile(...API, tcpRoute('{name: tcp-echo, port: 9000, weight: 7}, {name: gone, port: 9000, weight: 3}'))
    expect(listeners(routing)[0]?.chains[0]?.route.destinations.map((entry) => [entry.weight, routing.clusters[entry.cluster] !== undefined])).toEqual([[7, true], [3, false]])
  })
})

/** Those that need sockets, processes or a terminal, and the tests that hold them. */
const ELSEWHERE: Readonly<Record<string, readonly [file: string, name: string]>> = {
  '14 (a refused pod, no retry)': ['contract/engine-failures.ts', 'a refused endpoint closes the connection (UF,URX)'],
  '21 (excess is closed, not queued)': ['contract/engine-failures.ts', 'connections beyond maxConnections are closed (UO)'],
  '22 (old connections live for the drain time)': ['contract/engine-switching.ts', 'established connections of a changed route live for the drain time'],
  '23 (half-close, resets)': ['contract/engine-forwarding.ts', 'a reply that comes after the client has half-closed arrives'],
  '26 (validate)': ['cli/analyze.test.ts', 'all that is wrong is said at once'],
  '27 (exit codes of analyze)': ['cli/analyze.test.ts', 'json always ends with 0'],
  '28 (suppression)': ['analyze/analyze.test.ts', 'suppressions know the codes'],
  '30 (core kinds in files)': ['cli/analyze.test.ts', 'core objects in files count'],
  '40 (port 9002)': ['workload/echo-server.test.ts', 'it listens on all its ports'],
  '41 ((date; sleep 1) | nc)': ['contract/engine-forwarding.ts', 'a reply that comes after the client has half-closed arrives'],
  '42 (2/2 by injection)': ['api/sidecar-injection.test.ts', 'namespace %j, pod %j: %s'],
}

test.each(Object.entries(ELSEWHERE))('%s is held elsewhere', (_, [file, name]) => {
  expect(readFileSync(path.join(import.meta.dirname, file), 'utf8')).toContain(name)
})
