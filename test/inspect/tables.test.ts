import {describe, expect, test} from 'vitest'
import {dumpParts} from '../../src/inspect/dump-parts.js'
import {clusterStatuses} from '../../src/inspect/envoy/cluster-statuses.js'
import {configDump} from '../../src/inspect/envoy/config-dump.js'
import {toCamelCase, toSnakeCase} from '../../src/inspect/envoy/proto-names.js'
import {listAt} from '../../src/inspect/envoy/reading.js'
import {proxyFor} from '../../src/inspect/proxies.js'
import {INGRESS_PROXY, MESH_PROXY, viewOf} from '../../src/inspect/proxy-view.js'
import {indexRules, ruleRefs} from '../../src/inspect/rule-of.js'
import {clusterTable, filterClusters} from '../../src/inspect/tables/clusters.js'
import {endpointTable} from '../../src/inspect/tables/endpoints.js'
import {filterListeners, listenerTable} from '../../src/inspect/tables/listeners.js'
import {routeTable} from '../../src/inspect/tables/routes.js'
import {alignRows} from '../../src/output/tabwriter.js'
import {NO_COUNTS} from '../../src/inspect/counts.js'
import {ALL_V1, compiled, SERVICES, tutorial, type Compiled} from './tutorial.js'

const dumpOf = ({snapshot, routing}: Compiled, proxy = INGRESS_PROXY) =>
  configDump(viewOf(routing, proxy), {version: '7', ruleOf: ruleRefs(indexRules(snapshot, proxyFor(proxy))), hasPages: true})
const table = (rows: readonly (readonly string[])[], padding = 5) => alignRows(rows, {minWidth: 0, padding})

describe('proxy-config', () => {
  const split = dumpParts(dumpOf(tutorial()))

  test('a route to one subset is its cluster; readiness and metrics are always there', () => {
    const {listeners} = dumpParts(dumpOf(compiled(SERVICES, ALL_V1)))
    expect(table(listenerTable(listeners, {verbose: true, compat: true}), 1)).toBe(
      [
        'ADDRESSES PORT  MATCH DESTINATION',
        '0.0.0.0   15021 ALL   Inline Route: /healthz/ready*',
        '0.0.0.0   15090 ALL   Inline Route: /stats/prometheus*',
        '0.0.0.0   31400 ALL   Cluster: outbound|9000|v1|tcp-echo.default.svc.cluster.local',
        '',
      ].join('\n'),
    )
  })

  test.each([
    [true, 'Cluster: '],
    [false, 'Cluster: outbound|9000|v1|tcp-echo.default.svc.cluster.local 80 (80%), outbound|9000|v2|tcp-echo.default.svc.cluster.local 20 (20%)'],
  ])('with compat %s a weighted route is shown as %j', (compat, destination) => {
    expect(listenerTable(filterListeners(split.listeners, {port: 31400}), {verbose: true, compat})).toEqual([
      ['ADDRESSES', 'PORT', 'MATCH', 'DESTINATION'],
      ['0.0.0.0', '31400', 'ALL', destination],
    ])
  })

  test.each([
    [{type: 'tcp'}, ['31400 TCP']],
    [{type: 'HTTP'}, ['15021 HTTP', '15090 HTTP']],
    [{address: '0.0.0.0', port: 15090}, ['15090 HTTP']],
    [{address: '10.0.0.1'}, []],
  ])('listeners are chosen by %j', (filter, rows) => {
    const [, ...found] = listenerTable(filterListeners(split.listeners, filter), {verbose: false, compat: false})
    expect(found.map(([, port, type]) => `${port} ${type}`)).toEqual(rows)
  })

  test('clusters name the DestinationRule that holds', () => {
    expect(table(clusterTable(split.clusters))).toBe(
      [
        'SERVICE FQDN                           PORT     SUBSET     DIRECTION     TYPE     DESTINATION RULE',
        'tcp-echo.default.svc.cluster.local     9000     v1         outbound      EDS      tcp-echo-destination.default',
        'tcp-echo.default.svc.cluster.local     9000     v2         outbound      EDS      tcp-echo-destination.default',
        '',
      ].join('\n'),
    )
  })

  test.each([
    [{subset: 'v2'}, 1],
    [{fqdn: 'tcp-echo.default', port: 9000}, 2],
    [{port: 900}, 0],
    [{direction: 'inbound'}, 0],
  ])('clusters are chosen by %j', (filter, count) => {
    expect(filterClusters(split.clusters, filter)).toHaveLength(count)
  })

  test('an ejected endpoint is HEALTHY by discovery and fails the outlier check', () => {
    const {routing} = tutorial()
    const key = 'outbound|9000|v1|tcp-echo.default.svc.cluster.local'
    const view = viewOf(routing, INGRESS_PROXY)
    const [endpoint] = view.clusters[key]?.endpoints ?? []
    const statuses = listAt(clusterStatuses(view, {...NO_COUNTS, ejected: {[key]: [`${endpoint?.address}:${endpoint?.port}`]}}), 'clusterStatuses')
    expect(table(endpointTable(statuses))).toBe(
      [
        'ENDPOINT          STATUS      OUTLIER CHECK     CLUSTER',
        '10.0.0.1:9000     HEALTHY     FAILED            outbound|9000|v1|tcp-echo.default.svc.cluster.local',
        '10.0.1.1:9000     HEALTHY     OK                outbound|9000|v2|tcp-echo.default.svc.cluster.local',
        '',
      ].join('\n'),
    )
    expect(endpointTable(statuses, {address: '10.0.1.1', status: 'healthy'})).toHaveLength(2)
    expect(endpointTable(statuses, {cluster: 'outbound|9000'})).toHaveLength(1)
  })

  test('TCP routes are in the listeners and not among the routes', () => {
    expect(routeTable(split.routes, {verbose: true})).toEqual([
      ['NAME', 'VHOST NAME', 'DOMAINS', 'MATCH', 'VIRTUAL SERVICE'],
      ['', 'backend', '*', '/stats/prometheus*', ''],
      ['', 'backend', '*', '/healthz/ready*', ''],
    ])
    expect(routeTable([{name: 'r', virtualHosts: [{name: 'v', domains: ['a', 'b']}]}], {verbose: true}).at(-1)).toEqual(['r', 'v', 'a, b', '/*', '404'])
  })

  test('the mesh has its own view, and the ingress none of its clusters', () => {
    const {snapshot, routing} = compiled(SERVICES.replace('spec:\n  ports:', 'spec:\n  clusterIP: 127.128.0.9\n  ports:'), ALL_V1)
    const listeners = (proxy: string) => dumpParts(dumpOf({snapshot, routing}, proxy)).listeners.map((listener) => (listener as {name?: string}).name ?? '')
    expect(listeners(MESH_PROXY).filter((name) => name !== '')).toEqual(['127.128.0.9_9000', '127.128.0.9_9001'])
    expect(listeners(INGRESS_PROXY).filter((name) => name !== '')).toEqual(['0.0.0.0_31400'])
    expect(Object.keys(viewOf(routing, INGRESS_PROXY).clusters)).toEqual(['outbound|9000|v1|tcp-echo.default.svc.cluster.local'])
  })
})

describe('a config dump', () => {
  test("has the shape of a real gateway's", async () => {
    await expect(`${JSON.stringify(toSnakeCase(dumpOf(tutorial())), undefined, 2)}\n`).toMatchFileSnapshot('../golden/inspect/config-dump.json')
  })

  test('of a real Envoy can be read, whichever way its fields are spelled', () => {
    const chain = {
      filters: [
        {
          name: 'envoy.filters.network.tcp_proxy',
          typed_config: {
            weighted_clusters: {
              clusters: [
                {name: 'a', weight: 1},
                {name: 'b', weight: 2},
              ],
            },
          },
        },
      ],
    }
    const matched = {
      ...chain,
      filter_chain_match: {server_names: ['x.com', '*.y.com'], application_protocols: ['istio-peer-exchange', 'istio'], transport_protocol: 'tls'},
    }
    const listener = {name: '0.0.0.0_1', address: {socket_address: {address: '0.0.0.0', port_value: 1}}, filter_chains: [chain, matched]}
    const dump = toCamelCase({configs: [{'@type': 'type.googleapis.com/envoy.admin.v3.ListenersConfigDump', dynamic_listeners: [{active_state: {listener}}]}]})
    expect(listenerTable(dumpParts(dump).listeners, {verbose: true, compat: false}).slice(1)).toEqual([
      ['0.0.0.0', '1', 'ALL', 'Cluster: a 1 (33.3%), b 2 (66.7%)'],
      ['0.0.0.0', '1', 'SNI: x.com,*.y.com; Trans: tls; App: TCP TLS', 'Cluster: a 1 (33.3%), b 2 (66.7%)'],
    ])
  })

  test.each([null, 5, [], {configs: 3}, {configs: [{'@type': 7, dynamic_listeners: [null, {active_state: 1}]}]}])('%j is an empty one', (value) => {
    expect(dumpParts(toCamelCase(value as never))).toEqual({listeners: [], clusters: [], routes: [], secrets: {active: [], warming: []}, secretsDump: null})
  })

  test('shows no private key', () => {
    const {routing} = tutorial()
    const pair = {certificate: 'CERT', privateKey: 'SECRET'}
    const [listener] = routing.listeners.filter(({port}) => port === 31400)
    const [chain] = listener?.chains ?? []
    if (listener === undefined || chain === undefined) throw new Error('the tutorial has a listener')
    const terminating = {...chain, tls: {mode: 'MUTUAL' as const, certificates: [pair], ca: 'CA', minVersion: 'TLSv1.2' as const}}
    const clusters = Object.fromEntries(Object.entries(routing.clusters).map(([key, cluster]) => [key, {...cluster, tls: {client: pair, sni: 'x'}}]))
    const text = JSON.stringify(dumpOf({...tutorial(), routing: {...routing, listeners: [{...listener, chains: [terminating]}], clusters}}))
    expect(text).toContain('"requireClientCertificate":true')
    expect(text).toContain('CERT')
    expect(text).not.toContain('SECRET')
  })
})
