import {describe, expect, test} from 'vitest'
import type {Known} from '../../src/inspect/trace/known.js'
import {traceConnection} from '../../src/inspect/trace/trace-connection.js'
import {renderTrace} from '../../src/output/trace-view.js'
import {ALL_V1, compiled, GATEWAY_AND_RULE, SERVICES, SPLIT} from './tutorial.js'

interface Asked {
  readonly port?: number
  readonly address?: string
  readonly sni?: string
  readonly from?: string
  readonly running?: Known['running']
}

function trace(manifests: readonly string[], {port = 31400, address, sni, from = '127.0.0.1', running}: Asked = {}) {
  const known = {...compiled(...manifests), gatewayAddress: '127.0.0.1', ...(running === undefined ? {} : {running})}
  const client = {address: from, ...(sni === undefined ? {} : {serverName: sni})}
  return traceConnection({target: `127.0.0.1:${port}`, port, client, ...(address === undefined ? {} : {address})}, known)
}

const lines = (result: ReturnType<typeof trace>) =>
  renderTrace(result, ({place}) => place && `<${place.kind}:${place.path.join('.')}>`)
    .trimEnd()
    .split('\n')

describe('the way of a connection', () => {
  test('has every decision with the field that made it', () => {
    expect(lines(trace([SERVICES, GATEWAY_AND_RULE, SPLIT]))).toEqual([
      '127.0.0.1:31400',
      'listener  0.0.0.0_31400; no gateway runs',
      'server    Gateway default/tcp-echo-gateway servers[0]: port 31400 TCP, hosts *  <Gateway:spec.servers.0>',
      'route     VirtualService default/tcp-echo tcp[0]: match port 31400  <VirtualService:spec.tcp.0>',
      'share     80% (weight 80 of 100) to subset v1 of tcp-echo: cluster outbound|9000|v1|tcp-echo.default.svc.cluster.local  <VirtualService:spec.tcp.0.route.0.weight>',
      '  rule      DestinationRule default/tcp-echo-destination subsets[0] v1: version=v1  <DestinationRule:spec.subsets.0>',
      '  policy    LEAST_REQUEST, connect timeout 10s',
      '  endpoint  10.0.0.1:9000 pod default/tcp-echo-v1-0 HEALTHY',
      'share     20% (weight 20 of 100) to subset v2 of tcp-echo: cluster outbound|9000|v2|tcp-echo.default.svc.cluster.local  <VirtualService:spec.tcp.0.route.1.weight>',
      '  rule      DestinationRule default/tcp-echo-destination subsets[1] v2: version=v2  <DestinationRule:spec.subsets.1>',
      '  policy    LEAST_REQUEST, connect timeout 10s',
      '  endpoint  10.0.1.1:9000 pod default/tcp-echo-v2-0 HEALTHY',
      'it reaches its endpoints',
    ])
  })

  test('names the blocks that are passed over, and why', () => {
    const others = [
      SPLIT.replace('name: tcp-echo\n', 'name: a-later\n').replace('metadata:\n', 'metadata:\n  creationTimestamp: "2030-01-01T00:00:00Z"\n'),
      SPLIT.replace('name: tcp-echo\n', 'name: b-port\n').replace('port: 31400', 'port: 31401'),
      SPLIT.replace('name: tcp-echo\n', 'name: c-hosts\n').replace('- "*"', '- x.example.com'),
      SPLIT.replace('name: tcp-echo\n', 'name: d-hidden\n').replace('spec:\n', 'spec:\n  exportTo: ["."]\n'),
    ]
    const gateway = GATEWAY_AND_RULE.replace('- "*"', '- "*.foo.com"')
    const first = SPLIT.replace('- "*"', '- "*.foo.com"').replace('metadata:\n', 'metadata:\n  creationTimestamp: "2020-01-01T00:00:00Z"\n')
    const over = trace([SERVICES, gateway, first, ...others]).steps.filter(({kind}) => kind === 'passed-over')
    expect(over.map(({text, place}) => `${text} ${place?.path.join('.')}`).sort()).toEqual([
      'VirtualService default/a-later tcp[0]: never used: the route above matches and is asked first spec.tcp.0',
      'VirtualService default/b-port tcp[0]: it matches port 31401, not 31400 spec.tcp.0',
      "VirtualService default/c-hosts its hosts [x.example.com] do not overlap with the server's [*.foo.com] spec.hosts",
      'VirtualService default/d-hidden exportTo [.] hides it from the gateway in namespace istio-system spec.exportTo',
    ])
  })

  test('a destination without a weight gets nothing, and those after it keep their place in the file', () => {
    const shares = trace([SERVICES, GATEWAY_AND_RULE, SPLIT.replace('weight: 80', 'weight: 0')]).steps.filter(({kind}) => kind === 'destination')
    expect(shares.map(({text, place}) => [text.slice(0, 4), place?.path.join('.')])).toEqual([['100%', 'spec.tcp.0.route.1.weight']])
  })

  test('has a line for the first twenty blocks that are passed over, and one for the rest', () => {
    const others = Array.from({length: 25}, (_, i) => SPLIT.replace('name: tcp-echo\n', `name: x${i}\n`))
    const shown = lines(trace([SERVICES, GATEWAY_AND_RULE, SPLIT, ...others])).filter((line) => line.startsWith('not '))
    expect([shown.length, shown.at(-1)]).toEqual([21, 'not       5 more blocks, which -o json lists'])
  })

  test("leads from a Service's node port to the same listener", () => {
    expect(trace([SERVICES, ALL_V1], {port: 32432}).steps[0]?.text).toBe('0.0.0.0_31400, which port 32432 leads to; no gateway runs')
  })
})

const TLS = `
kind: Gateway
metadata: {name: tls}
spec: {selector: {istio: ingressgateway}, servers: [{port: {number: 15443, name: tls, protocol: TLS}, hosts: ["*"], tls: {mode: PASSTHROUGH}}]}
---
kind: VirtualService
metadata: {name: tls}
spec: {hosts: ["*"], gateways: [tls], tls: [{match: [{sniHosts: [a.example.com]}], route: [{destination: {host: tcp-echo, port: {number: 9000}}}]}]}
`
const ENTRY = `
{kind: Facts, metadata: {name: facts}, lookupProblems: {db.example: the name is not known}}
---
{kind: ServiceEntry, metadata: {name: db}, spec: {hosts: [db.example], resolution: DNS, ports: [{number: 5432, name: tcp, protocol: TCP}]}, status: {addresses: [{host: db.example, value: 127.9.0.1}]}}
---
${GATEWAY_AND_RULE}
---
${SPLIT.replace(/host: tcp-echo[^]*$/, 'host: db.example\n')}
`
const listenerReport = {name: '0.0.0.0_31400', address: '127.0.0.1', port: 31400}
const ejected = {'outbound|9000|v1|tcp-echo.default.svc.cluster.local': ['10.0.0.1:9000']}
const OUTLIER = GATEWAY_AND_RULE.replace('  subsets:', '  trafficPolicy: {outlierDetection: {consecutiveGatewayErrors: 1}}\n  subsets:')

/** The tutorial's Gateway under another name, made in that year. */
function newGateway(name: string, year: string): string {
  return (GATEWAY_AND_RULE.split('---\n')[0] ?? '').replace('name: tcp-echo-gateway', `name: ${name}\n  creationTimestamp: "${year}-01-01T00:00:00Z"`)
}

interface Broken {
  readonly flag?: string
  readonly text: string
  readonly mend?: string
  readonly place?: string
}

describe('the first broken link', () => {
  const cases: readonly [name: string, manifests: readonly string[], asked: Asked, broken: Broken][] = [
    [
      'no Gateway has the port',
      [SERVICES, ALL_V1],
      {port: 4444},
      {text: 'nothing listens on port 4444: no Gateway has a server there', mend: 'ports that are open: 31400; or apply a Gateway with a server at 4444'},
    ],
    [
      'nothing is at that address',
      [SERVICES, ALL_V1],
      {address: '10.9.9.9', port: 4444},
      {text: 'nothing listens on port 4444 at 10.9.9.9: no Gateway has a server there'},
    ],
    [
      'no VirtualService is bound',
      [SERVICES, GATEWAY_AND_RULE],
      {},
      {text: 'no VirtualService is bound to Gateway default/tcp-echo-gateway: connections are refused', place: 'Gateway spec.servers.0'},
    ],
    [
      "the Gateway's name is misspelled",
      [SERVICES, GATEWAY_AND_RULE, SPLIT.replace('- tcp-echo-gateway', '- tcp-gateway')],
      {},
      {text: 'Gateway default/tcp-gateway does not exist', place: 'VirtualService spec.gateways.0'},
    ],
    [
      'the port does not match',
      [SERVICES, GATEWAY_AND_RULE, SPLIT.replace('port: 31400', 'port: 1')],
      {},
      {text: 'it matches port 1, not 31400', mend: 'let the route match port 31400, the number the Gateway has', place: 'VirtualService spec.tcp.0'},
    ],
    [
      'the hosts do not overlap',
      [SERVICES, GATEWAY_AND_RULE.replace('- "*"', '- a.com'), SPLIT.replace('- "*"', '- b.com')],
      {},
      {text: "its hosts [b.com] do not overlap with the server's [a.com]", place: 'VirtualService spec.hosts'},
    ],
    [
      'exportTo hides the route',
      [SERVICES, GATEWAY_AND_RULE, SPLIT.replace('spec:\n', 'spec:\n  exportTo: ["."]\n')],
      {},
      {text: 'exportTo [.] hides it from the gateway', place: 'VirtualService spec.exportTo'},
    ],
    [
      'the selector fits no gateway',
      [SERVICES, ALL_V1.replace('istio: ingressgateway', 'istio: egress')],
      {},
      {text: 'matches no gateway workload', place: 'Gateway spec.selector'},
    ],
    [
      'the name of an entry does not resolve',
      [ENTRY],
      {},
      {flag: 'UH', text: 'host name db.example has no address (the name is not known): connections are accepted and closed (UH)', place: 'ServiceEntry spec.hosts'},
    ],
    [
      'all weights are 0',
      [SERVICES, GATEWAY_AND_RULE, SPLIT.replace('weight: 80', 'weight: 0').replace('weight: 20', 'weight: 0')],
      {},
      {text: 'its destinations have no weight above 0'},
    ],
    [
      'the server speaks HTTP',
      [SERVICES, GATEWAY_AND_RULE.replace('protocol: TCP', 'protocol: HTTP'), SPLIT],
      {},
      {text: 'server tcp (port 31400) speaks HTTP, which is not served: only TCP is: connections are refused', place: 'Gateway spec.servers.0'},
    ],
    [
      'the only route is refused',
      [
        SERVICES,
        GATEWAY_AND_RULE.replace('protocol: TCP', 'protocol: TLS').replace('hosts:', 'tls: {mode: PASSTHROUGH}\n    hosts:'),
        SPLIT.replace('tcp:', 'tls:').replace('- port: 31400', '- sniHosts: ["*o.com"]'),
      ],
      {},
      {text: 'tls[0]: this server takes no connection by it', mend: "'tshift analyze' says what is wrong with it"},
    ],
    [
      'another Gateway has the port',
      [SERVICES, newGateway('zz', '2030'), newGateway('aa', '2020'), SPLIT.replace('- tcp-echo-gateway', '- zz')],
      {},
      {text: 'is skipped: the port already belongs to server tcp (port 31400) of Gateway default/aa', place: 'Gateway spec.servers.0'},
    ],
    [
      'the subset is missing',
      [SERVICES, GATEWAY_AND_RULE, SPLIT.replace('subset: v2', 'subset: v3')],
      {},
      {flag: 'NC', text: 'subset v3 of tcp-echo.default.svc.cluster.local', place: 'VirtualService spec.tcp.0.route.1.destination'},
    ],
    [
      'the DestinationRule is hidden',
      [SERVICES, GATEWAY_AND_RULE.replace('host: tcp-echo', 'host: tcp-echo\n  exportTo: ["."]'), SPLIT],
      {},
      {flag: 'NC', text: 'keeps it from the gateway'},
    ],
    ['the Service is missing', [GATEWAY_AND_RULE, SPLIT], {}, {flag: 'NC', text: 'host tcp-echo.default.svc.cluster.local, which no Service'}],
    [
      'the Service lacks the port',
      [SERVICES, GATEWAY_AND_RULE, SPLIT.replaceAll('number: 9000', 'number: 9009')],
      {},
      {flag: 'NC', text: 'port 9009, which Service default/tcp-echo does not have'},
    ],
    [
      "no pod has the Service's labels",
      [SERVICES.split('---\n')[0] ?? '', GATEWAY_AND_RULE, SPLIT],
      {},
      {flag: 'UH', text: 'no pod has the labels app=tcp-echo', place: 'Service spec.selector'},
    ],
    [
      "no pod has the subset's labels",
      [SERVICES, GATEWAY_AND_RULE.replace('version: v2', 'version: v9'), SPLIT],
      {},
      {
        flag: 'UH',
        text: 'none of the 2 pod(s) of Service default/tcp-echo has the labels version=v9 of subset v2',
        place: 'DestinationRule spec.subsets.1.labels',
      },
    ],
    [
      'no pod is ready',
      [SERVICES.replaceAll('  template:\n    metadata:\n', '  template:\n    metadata:\n      annotations: {ready: "false"}\n'), ALL_V1],
      {},
      {flag: 'UH', text: 'none is ready: default/tcp-echo-v1-0', mend: "nothing runs pods: start the gateway with 'tshift gateway start'"},
    ],
    [
      'nobody is for this server name',
      [SERVICES, TLS],
      {port: 15443, sni: 'b.example.com'},
      {
        flag: 'NR',
        text: 'no filter chain is for server name b.example.com from 127.0.0.1',
        mend: 'connect with TLS and one of the server names a.example.com (trace with --sni)',
      },
    ],
    ['the client speaks no TLS', [SERVICES, TLS], {port: 15443}, {flag: 'NR', text: 'no filter chain is for a client that names no server'}],
    [
      'the port is taken',
      [SERVICES, ALL_V1],
      {running: {listeners: [{...listenerReport, bound: false, problem: 'port 31400 is in use by nginx (pid 7)'}], health: {}, drained: false}},
      {text: 'port 31400 is in use by nginx (pid 7)'},
    ],
    [
      'the gateway was drained',
      [SERVICES, ALL_V1],
      {running: {listeners: [], health: {}, drained: true}},
      {text: 'the gateway was told to drain', mend: "start it anew: 'tshift gateway restart'"},
    ],
    [
      'every endpoint is ejected',
      [SERVICES, OUTLIER, SPLIT],
      {running: {listeners: [{...listenerReport, bound: true}], health: {ejected}, drained: false}},
      {flag: 'UH', text: 'outlier detection keeps every endpoint of outbound|9000|v1|'},
    ],
  ]

  test.each(cases)('%s', (_, manifests, asked, {flag, text, mend, place}) => {
    const {broken} = trace(manifests, asked)
    expect(broken?.text).toContain(text)
    expect(broken?.flag).toBe(flag)
    if (mend !== undefined) expect(broken?.mend).toBe(mend)
    if (place !== undefined) expect(`${broken?.place?.kind} ${broken?.place?.path.join('.')}`).toBe(place)
  })

  test('stands at the end, with what mends it', () => {
    expect(lines(trace([SERVICES, GATEWAY_AND_RULE])).slice(-2)).toEqual([
      'BROKEN: no VirtualService is bound to Gateway default/tcp-echo-gateway: connections are refused  <Gateway:spec.servers.0>',
      '  mend: apply a VirtualService with gateways: [tcp-echo-gateway] and a tcp route for port 31400 (in another namespace: default/tcp-echo-gateway)',
    ])
  })

  test('a server name that a route is for gets through', () => {
    expect(trace([SERVICES, TLS], {port: 15443, sni: 'a.example.com'}).broken).toBeUndefined()
  })

  test('does not follow delegates, which may refer to each other in a circle', () => {
    const delegate = (name: string, to: string, binding = '') =>
      `{apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: ${name}}, spec: {${binding}http: [{delegate: {name: ${to}}}]}}`
    const bound = 'hosts: ["*"], gateways: [tcp-echo-gateway], '
    const circle = [delegate('itself', 'itself', bound), delegate('first', 'second', bound), delegate('second', 'third'), delegate('third', 'second')]
    expect(trace([SERVICES, GATEWAY_AND_RULE, ...circle, SPLIT]).broken).toBeUndefined()
    expect(trace([SERVICES, GATEWAY_AND_RULE, ...circle]).broken?.text).toBe(
      'no route for port 31400: VirtualService default/first it has no tcp route, and this server asks for one: connections are refused',
    )
  })
})
