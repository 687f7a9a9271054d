import type {Json} from '../../src/api/object.js'

/** What becomes of a field: it changes where connections go or how, it is kept and changes nothing, or the object is refused. */
export type Claim = 'honoured' | 'no effect' | 'refused'

/** The configuration `BASE` with `at` set to `to` is compared with the one where it is `from` (as it is in BASE where that is absent). */
export interface FieldCase {
  readonly claim: Claim
  /** `Kind/name` in BASE. */
  readonly object: string
  /** As the README shows it. */
  readonly field: string
  readonly at: string
  readonly to: Json
  readonly from?: Json
}

type Row = readonly [claim: Claim, field: string, at: string, to: Json, from?: Json]

const of = (object: string, rows: readonly Row[]): readonly FieldCase[] =>
  rows.map(([claim, field, at, to, from]) => ({claim, object, field, at, to, ...(from === undefined ? {} : {from})}))

const TLS = 'spec.servers.2.tls'
const files = (more: object) => ({mode: 'MUTUAL', serverCertificate: 'c', privateKey: 'k', caCertificates: 'ca', ...more})

const gateway = of('Gateway/gw', [
  ['honoured', 'selector', 'spec.selector', {istio: 'other'}],
  ['honoured', 'servers[].port.number', 'spec.servers.0.port.number', 31401],
  ['honoured', 'servers[].port.protocol', 'spec.servers.0.port.protocol', 'HTTP'],
  ['no effect', 'servers[].port.name', 'spec.servers.0.port.name', 'other'],
  ['refused', 'servers[].port.targetPort', 'spec.servers.0.port.targetPort', 31400],
  ['honoured', 'servers[].bind', 'spec.servers.0.bind', '127.0.0.9'],
  ['honoured', 'servers[].hosts', 'spec.servers.0.hosts', ['other/*']],
  ['no effect', 'servers[].name', 'spec.servers.0.name', 'x'],
  ['no effect', 'servers[].defaultEndpoint', 'spec.servers.0.defaultEndpoint', '127.0.0.1:1'],
  ['honoured', 'servers[].tls.mode', `${TLS}.mode`, 'SIMPLE'],
  ['honoured', 'servers[].tls.credentialName', `${TLS}.credentialName`, 'other'],
  ['honoured', 'servers[].tls.credentialNames', TLS, {mode: 'SIMPLE', credentialNames: ['other']}, {mode: 'SIMPLE', credentialNames: ['cert']}],
  ['honoured', 'servers[].tls.caCertCredentialName', `${TLS}.caCertCredentialName`, 'other-cacert'],
  ['honoured', 'servers[].tls.serverCertificate', TLS, {mode: 'SIMPLE', serverCertificate: 'c2', privateKey: 'k'}, {mode: 'SIMPLE', serverCertificate: 'c', privateKey: 'k'}],
  ['honoured', 'servers[].tls.privateKey', TLS, {mode: 'SIMPLE', serverCertificate: 'c', privateKey: 'k2'}, {mode: 'SIMPLE', serverCertificate: 'c', privateKey: 'k'}],
  ['honoured', 'servers[].tls.caCertificates', TLS, files({}), files({caCertificates: 'none'})],
  ['honoured', 'servers[].tls.caCrl', TLS, files({caCrl: 'crl'}), files({})],
  ['honoured', 'servers[].tls.tlsCertificates', TLS, {mode: 'SIMPLE', tlsCertificates: [{serverCertificate: 'c', privateKey: 'k'}]}, {mode: 'SIMPLE', tlsCertificates: [{serverCertificate: 'c2', privateKey: 'k'}]}],
  ['honoured', 'servers[].tls.subjectAltNames', `${TLS}.subjectAltNames`, ['spiffe://x']],
  ['honoured', 'servers[].tls.minProtocolVersion', `${TLS}.minProtocolVersion`, 'TLSV1_3'],
  ['honoured', 'servers[].tls.maxProtocolVersion', `${TLS}.maxProtocolVersion`, 'TLSV1_2'],
  ['honoured', 'servers[].tls.cipherSuites', `${TLS}.cipherSuites`, ['ECDHE-RSA-AES256-GCM-SHA384']],
  ['no effect', 'servers[].tls.httpsRedirect', `${TLS}.httpsRedirect`, true],
  ['honoured', 'servers[].tls.verifyCertificateSpki', `${TLS}.verifyCertificateSpki`, [`${'A'.repeat(43)}=`]],
  ['honoured', 'servers[].tls.verifyCertificateHash', `${TLS}.verifyCertificateHash`, ['0'.repeat(64)]],
])

const TCP = 'spec.tcp.0'
const virtualService = of('VirtualService/vs', [
  ['honoured', 'hosts', 'spec.hosts', ['*.example.com']],
  ['honoured', 'gateways', 'spec.gateways', ['other']],
  ['honoured', 'exportTo', 'spec.exportTo', ['.']],
  ['no effect', 'http', 'spec.http', [{route: [{destination: {host: 'tcp-echo'}}]}]],
  ['honoured', 'tcp[].match[].port', `${TCP}.match.0.port`, 31499],
  ['honoured', 'tcp[].match[].gateways', `${TCP}.match.0.gateways`, ['default/other']],
  ['no effect', 'tcp[].match[].sourceSubnet', `${TCP}.match.0.sourceSubnet`, '10.0.0.0/8'],
  ['honoured', 'tcp[].route[].weight', `${TCP}.route.0.weight`, 70],
  ['honoured', 'tcp[].route[].destination.host', `${TCP}.route.0.destination.host`, 'second'],
  ['honoured', 'tcp[].route[].destination.port', `${TCP}.route.0.destination.port.number`, 9001],
  ['honoured', 'tcp[].route[].destination.subset', `${TCP}.route.0.destination.subset`, 'v2'],
  ['honoured', 'tls[].match[].port', 'spec.tls.0.match.0.port', 31499],
  ['honoured', 'tls[].match[].gateways', 'spec.tls.0.match.0.gateways', ['default/other']],
  ['honoured', 'tls[].match[].sniHosts', 'spec.tls.0.match.0.sniHosts', ['b.example.com']],
  ['honoured', 'tls[].route[].weight', 'spec.tls.0.route.0.weight', 9],
  ['honoured', 'tls[].route[].destination.host', 'spec.tls.0.route.0.destination.host', 'second'],
  ['honoured', 'tls[].route[].destination.port', 'spec.tls.0.route.0.destination.port.number', 9001],
  ['honoured', 'tls[].route[].destination.subset', 'spec.tls.0.route.0.destination.subset', 'v2'],
])

/** In the mesh these three tell clients apart; gateways look at none of them, as Istio's. */
const mesh = of('VirtualService/mesh', [
  ['honoured', 'tcp[].match[].sourceLabels (mesh)', `${TCP}.match.0.sourceLabels`, {version: 'v1'}],
  ['honoured', 'tcp[].match[].sourceNamespace (mesh)', `${TCP}.match.0.sourceNamespace`, 'other'],
  ['honoured', 'tcp[].match[].destinationSubnets (mesh)', `${TCP}.match.0.destinationSubnets`, ['10.0.0.0/8']],
])

const meshTls = of('VirtualService/mesh-tls', [
  ['honoured', 'tls[].match[].sourceLabels (mesh)', 'spec.tls.0.match.0.sourceLabels', {version: 'v1'}],
  ['honoured', 'tls[].match[].sourceNamespace (mesh)', 'spec.tls.0.match.0.sourceNamespace', 'other'],
  ['honoured', 'tls[].match[].destinationSubnets (mesh)', 'spec.tls.0.match.0.destinationSubnets', ['10.0.0.0/8']],
])

const HTTP_POOL = ['h2UpgradePolicy', 'http2MaxRequests', 'idleTimeout', 'maxConcurrentStreams', 'maxRequestsPerConnection', 'maxRetries', 'useClientProtocol', 'http1MaxPendingRequests'] as const
const HTTP_VALUES: Readonly<Record<(typeof HTTP_POOL)[number], Json>> = {
  h2UpgradePolicy: 'UPGRADE',
  http2MaxRequests: 1,
  idleTimeout: '1s',
  maxConcurrentStreams: 1,
  maxRequestsPerConnection: 1,
  maxRetries: 1,
  useClientProtocol: true,
  http1MaxPendingRequests: 1,
}

/** A policy at one of the places where Istio takes one; `whole` are the fields that are read at the top only. */
function policy(prefix: string, shown: string, {whole}: {readonly whole: Claim}): readonly Row[] {
  const pool = `${prefix}connectionPool`
  const lb = `${prefix}loadBalancer`
  const outlier = `${prefix}outlierDetection`
  const tls = `${prefix}tls`
  const row = (claim: Claim, field: string, at: string, to: Json, from?: Json): Row => [claim, `${shown}${field}`, at, to, from ?? null]
  const hash = (more: object) => ({consistentHash: {useSourceIp: true, ...more}})
  return [
    row('honoured', 'connectionPool.tcp.maxConnections', pool, {tcp: {maxConnections: 5}}),
    row('honoured', 'connectionPool.tcp.connectTimeout', pool, {tcp: {connectTimeout: '2s'}}),
    row('honoured', 'connectionPool.tcp.tcpKeepalive', pool, {tcp: {tcpKeepalive: {time: '5s', interval: '1s', probes: 3}}}),
    row(whole, 'connectionPool.tcp.idleTimeout', pool, {tcp: {connectTimeout: '2s', idleTimeout: '5s'}}, {tcp: {connectTimeout: '2s'}}),
    row(whole, 'connectionPool.tcp.maxConnectionDuration', pool, {tcp: {connectTimeout: '2s', maxConnectionDuration: '5s'}}, {tcp: {connectTimeout: '2s'}}),
    ...HTTP_POOL.map((name) => row('no effect', `connectionPool.http.${name}`, pool, {tcp: {connectTimeout: '2s'}, http: {[name]: HTTP_VALUES[name]}}, {tcp: {connectTimeout: '2s'}})),
    row('honoured', 'loadBalancer.simple', lb, {simple: 'ROUND_ROBIN'}),
    row('honoured', 'loadBalancer.consistentHash.useSourceIp', lb, hash({})),
    row('honoured', 'loadBalancer.consistentHash.ringHash', lb, hash({ringHash: {minimumRingSize: 64}}), hash({})),
    row('honoured', 'loadBalancer.consistentHash.minimumRingSize', lb, hash({minimumRingSize: 64}), hash({})),
    row('honoured', 'loadBalancer.consistentHash.maglev', lb, hash({maglev: {tableSize: 251}}), hash({})),
    row('no effect', 'loadBalancer.consistentHash.httpHeaderName', lb, {consistentHash: {httpHeaderName: 'x'}}, {consistentHash: {httpQueryParameterName: 'x'}}),
    row('no effect', 'loadBalancer.consistentHash.httpCookie', lb, {consistentHash: {httpCookie: {name: 'c', ttl: '1s'}}}, {consistentHash: {httpQueryParameterName: 'x'}}),
    row('no effect', 'loadBalancer.consistentHash.httpQueryParameterName', lb, {consistentHash: {httpQueryParameterName: 'x'}}, {consistentHash: {httpHeaderName: 'x'}}),
    row('honoured', 'loadBalancer.warmup', lb, {simple: 'ROUND_ROBIN', warmup: {duration: '5s'}}, {simple: 'ROUND_ROBIN'}),
    row('honoured', 'loadBalancer.warmupDurationSecs', lb, {simple: 'ROUND_ROBIN', warmupDurationSecs: '5s'}, {simple: 'ROUND_ROBIN'}),
    row('no effect', 'loadBalancer.localityLbSetting', lb, {localityLbSetting: {enabled: true}}),
    row('no effect', 'loadBalancer.zoneAwareLbSetting', lb, {zoneAwareLbSetting: {}}),
    ...(['consecutive5xxErrors', 'consecutiveGatewayErrors', 'maxEjectionPercent', 'minHealthPercent'] as const).map((name) =>
      row('honoured', `outlierDetection.${name}`, outlier, {interval: '9s', [name]: 7}, {interval: '9s'}),
    ),
    row('honoured', 'outlierDetection.interval', outlier, {interval: '9s'}, {interval: '8s'}),
    row('honoured', 'outlierDetection.baseEjectionTime', outlier, {baseEjectionTime: '9s'}, {baseEjectionTime: '8s'}),
    row('honoured', 'outlierDetection.splitExternalLocalOriginErrors', outlier, {splitExternalLocalOriginErrors: true}, {interval: '10s'}),
    row('honoured', 'outlierDetection.consecutiveLocalOriginFailures', outlier, {splitExternalLocalOriginErrors: true, consecutiveLocalOriginFailures: 2}, {splitExternalLocalOriginErrors: true}),
    row('no effect', 'outlierDetection.consecutiveErrors', outlier, {interval: '9s', consecutiveErrors: 2}, {interval: '9s'}),
    row('honoured', 'tls.mode', tls, {mode: 'SIMPLE'}),
    row('honoured', 'tls.sni', tls, {mode: 'SIMPLE', sni: 'x.example'}, {mode: 'SIMPLE'}),
    row('honoured', 'tls.caCertificates', tls, {mode: 'SIMPLE', caCertificates: 'ca'}, {mode: 'SIMPLE'}),
    row('honoured', 'tls.caCrl', tls, {mode: 'SIMPLE', caCertificates: 'ca', caCrl: 'crl'}, {mode: 'SIMPLE', caCertificates: 'ca'}),
    row('honoured', 'tls.clientCertificate', tls, {mode: 'MUTUAL', clientCertificate: 'c2', privateKey: 'k'}, {mode: 'MUTUAL', clientCertificate: 'c', privateKey: 'k'}),
    row('honoured', 'tls.privateKey', tls, {mode: 'MUTUAL', clientCertificate: 'c', privateKey: 'k2'}, {mode: 'MUTUAL', clientCertificate: 'c', privateKey: 'k'}),
    row('honoured', 'tls.credentialName', tls, {mode: 'MUTUAL', credentialName: 'other'}, {mode: 'MUTUAL', credentialName: 'cert'}),
    row('honoured', 'tls.subjectAltNames', tls, {mode: 'SIMPLE', subjectAltNames: ['x']}, {mode: 'SIMPLE'}),
    row('honoured', 'tls.insecureSkipVerify', tls, {mode: 'SIMPLE', insecureSkipVerify: true}, {mode: 'SIMPLE'}),
  ]
}

const atTop = (prefix: string, shown: string): readonly Row[] => [
  ['honoured', `${shown}proxyProtocol.version`, `${prefix}proxyProtocol`, {version: 'V2'}, null],
  ['honoured', `${shown}tunnel`, `${prefix}tunnel`, {protocol: 'CONNECT', targetHost: 'x.example', targetPort: 80}, null],
  ['no effect', `${shown}retryBudget`, `${prefix}retryBudget`, {percent: 1}, null],
]

const destinationRule = of('DestinationRule/dr', [
  ['honoured', 'host', 'spec.host', 'second'],
  ['honoured', 'exportTo', 'spec.exportTo', ['.']],
  ['honoured', 'workloadSelector', 'spec.workloadSelector', {matchLabels: {app: 'nobody'}}],
  ['honoured', 'subsets[].name', 'spec.subsets.0.name', 'v3'],
  ['honoured', 'subsets[].labels', 'spec.subsets.0.labels', {version: 'v2'}],
  ...policy('spec.trafficPolicy.', 'trafficPolicy.', {whole: 'honoured'}),
  ...atTop('spec.trafficPolicy.', 'trafficPolicy.'),
  ['honoured', 'trafficPolicy.portLevelSettings[]', 'spec.trafficPolicy.portLevelSettings', [{port: {number: 9000}, loadBalancer: {simple: 'RANDOM'}}], null],
  ...policy('spec.subsets.0.trafficPolicy.', 'subsets[].trafficPolicy.', {whole: 'no effect'}),
  ['honoured', 'subsets[].trafficPolicy.portLevelSettings[]', 'spec.subsets.0.trafficPolicy', {portLevelSettings: [{port: {number: 9000}, loadBalancer: {simple: 'RANDOM'}}]}, null],
  ['honoured', 'subsets[].trafficPolicy.proxyProtocol.version', 'spec.subsets.0.trafficPolicy', {proxyProtocol: {version: 'V2'}}, null],
  ['no effect', 'subsets[].trafficPolicy.tunnel (weighted routes)', 'spec.subsets.0.trafficPolicy', {tunnel: {protocol: 'CONNECT', targetHost: 'x.example', targetPort: 80}}, null],
  ['no effect', 'subsets[].trafficPolicy.retryBudget', 'spec.subsets.0.trafficPolicy', {retryBudget: {percent: 1}}, null],
])

const ENDPOINT = 'spec.endpoints.0'
const serviceEntry = of('ServiceEntry/entry', [
  ['honoured', 'hosts', 'spec.hosts', ['other.example']],
  ['honoured', 'addresses', 'spec.addresses', ['127.9.9.9']],
  ['honoured', 'exportTo', 'spec.exportTo', ['.']],
  ['honoured', 'subjectAltNames', 'spec.subjectAltNames', ['x.example']],
  ['no effect', 'location', 'spec.location', 'MESH_EXTERNAL', 'MESH_INTERNAL'],
  ['honoured', 'resolution', 'spec.resolution', 'DNS'],
  ['honoured', 'ports[].number', 'spec.ports.0.number', 7079],
  ['honoured', 'ports[].targetPort', 'spec.ports.0.targetPort', 7079],
  ['honoured', 'ports[].protocol', 'spec.ports.0.protocol', 'UDP'],
  ['honoured', 'ports[].name', ENDPOINT, {address: '10.9.9.1', ports: {tcp: 7078}}, {address: '10.9.9.1', ports: {other: 7078}}],
  ['honoured', 'endpoints[].address', `${ENDPOINT}.address`, '10.9.9.9'],
  ['honoured', 'endpoints[].ports', `${ENDPOINT}.ports`, {tcp: 7078}],
  ['honoured', 'endpoints[].labels', `${ENDPOINT}.labels`, {version: 'v2'}],
  ['honoured', 'endpoints[].weight', `${ENDPOINT}.weight`, 5],
  ['no effect', 'endpoints[].locality', `${ENDPOINT}.locality`, 'a/b'],
  ['no effect', 'endpoints[].network', `${ENDPOINT}.network`, 'n'],
  ['no effect', 'endpoints[].serviceAccount', `${ENDPOINT}.serviceAccount`, 'sa'],
])

const moreEntries = [
  ...of('ServiceEntry/chosen', [['honoured', 'workloadSelector', 'spec.workloadSelector.labels', {app: 'other'}]]),
  ...of('WorkloadEntry/vm', [
    ['honoured', 'address', 'spec.address', '10.8.8.9'],
    ['honoured', 'labels', 'spec.labels', {app: 'other'}],
    ['honoured', 'ports', 'spec.ports', {tcp: 7078}],
    ['honoured', 'weight', 'spec.weight', 5],
    ['no effect', 'locality', 'spec.locality', 'a/b'],
    ['no effect', 'network', 'spec.network', 'n'],
    ['no effect', 'serviceAccount', 'spec.serviceAccount', 'sa'],
  ]),
]

const VALIDATION = {validation: {caCertificateRefs: [{group: '', kind: 'ConfigMap', name: 'ca'}], mode: 'AllowValidOnly'}}
const LISTENER = 'spec.listeners.0'
const gatewayApi = [
  ...of('Gateway/gtw', [
    ['honoured', 'gatewayClassName', 'spec.gatewayClassName', 'other'],
    ['honoured', 'addresses', 'spec.addresses', [{type: 'Hostname', value: 'nowhere'}]],
    ['honoured', 'listeners[].name', `${LISTENER}.name`, 'other'],
    ['honoured', 'listeners[].port', `${LISTENER}.port`, 7443],
    ['honoured', 'listeners[].protocol', `${LISTENER}.protocol`, 'HTTP'],
    ['honoured', 'listeners[].hostname', 'spec.listeners.1.hostname', '*.example.com'],
    ['honoured', 'listeners[].tls.mode', 'spec.listeners.2.tls.mode', 'Passthrough'],
    ['honoured', 'listeners[].tls.certificateRefs', 'spec.listeners.2.tls.certificateRefs', [{name: 'other'}]],
    ['honoured', 'listeners[].tls.options', 'spec.listeners.2.tls.options', {'gateway.istio.io/tls-terminate-mode': 'MUTUAL'}],
    ['honoured', 'listeners[].allowedRoutes.namespaces', `${LISTENER}.allowedRoutes`, {namespaces: {from: 'Selector', selector: {matchLabels: {a: 'b'}}}}],
    ['honoured', 'listeners[].allowedRoutes.kinds', `${LISTENER}.allowedRoutes`, {kinds: [{kind: 'TLSRoute'}]}],
    ['no effect', 'infrastructure', 'spec.infrastructure', {labels: {a: 'b'}}],
    ['no effect', 'allowedListeners', 'spec.allowedListeners', {namespaces: {from: 'All'}}],
    ['honoured', 'tls.frontend.default', 'spec.tls', {frontend: {default: VALIDATION}}],
    ['honoured', 'tls.frontend.perPort[]', 'spec.tls', {frontend: {default: {}, perPort: [{port: 7444, tls: VALIDATION}]}}],
    ['no effect', 'tls.backend', 'spec.tls', {backend: {clientCertificateRef: {name: 'cert'}}}],
  ]),
  ...of('TCPRoute/tcp', [
    ['honoured', 'parentRefs[].name', 'spec.parentRefs.0.name', 'other'],
    ['honoured', 'parentRefs[].namespace', 'spec.parentRefs.0.namespace', 'other'],
    ['honoured', 'parentRefs[].kind', 'spec.parentRefs.0.kind', 'Other'],
    ['honoured', 'parentRefs[].group', 'spec.parentRefs.0.group', 'other.example'],
    ['honoured', 'parentRefs[].sectionName', 'spec.parentRefs.0.sectionName', 'nope'],
    ['honoured', 'parentRefs[].port', 'spec.parentRefs.0.port', 7999],
    ['no effect', 'rules[].name', 'spec.rules.0.name', 'x'],
    ['honoured', 'rules[].backendRefs[].name', 'spec.rules.0.backendRefs.0.name', 'second'],
    ['honoured', 'rules[].backendRefs[].port', 'spec.rules.0.backendRefs.0.port', 9001],
    ['honoured', 'rules[].backendRefs[].weight', 'spec.rules.0.backendRefs.0.weight', 4],
    ['honoured', 'rules[].backendRefs[].namespace', 'spec.rules.0.backendRefs.0.namespace', 'other'],
    ['honoured', 'rules[].backendRefs[].kind', 'spec.rules.0.backendRefs.0.kind', 'Other'],
    ['honoured', 'rules[].backendRefs[].group', 'spec.rules.0.backendRefs.0.group', 'other.example'],
  ]),
  ...of('TLSRoute/tls', [
    ['honoured', 'hostnames', 'spec.hostnames', ['b.example.net']],
    ['honoured', 'parentRefs[].name', 'spec.parentRefs.0.name', 'other'],
    ['honoured', 'parentRefs[].namespace', 'spec.parentRefs.0.namespace', 'other'],
    ['honoured', 'parentRefs[].kind', 'spec.parentRefs.0.kind', 'Other'],
    ['honoured', 'parentRefs[].group', 'spec.parentRefs.0.group', 'other.example'],
    ['honoured', 'parentRefs[].sectionName', 'spec.parentRefs.0.sectionName', 'tls'],
    ['honoured', 'parentRefs[].port', 'spec.parentRefs.0.port', 7443],
    ['no effect', 'rules[].name', 'spec.rules.0.name', 'x'],
    ['honoured', 'rules[].backendRefs[].name', 'spec.rules.0.backendRefs.0.name', 'second'],
    ['honoured', 'rules[].backendRefs[].port', 'spec.rules.0.backendRefs.0.port', 9001],
    ['honoured', 'rules[].backendRefs[].weight', 'spec.rules.0.backendRefs.0.weight', 4],
    ['honoured', 'rules[].backendRefs[].namespace', 'spec.rules.0.backendRefs.0.namespace', 'other'],
    ['honoured', 'rules[].backendRefs[].kind', 'spec.rules.0.backendRefs.0.kind', 'Other'],
    ['honoured', 'rules[].backendRefs[].group', 'spec.rules.0.backendRefs.0.group', 'other.example'],
  ]),
] satisfies readonly FieldCase[]

export const FIELD_CASES: readonly FieldCase[] = [...gateway, ...virtualService, ...mesh, ...meshTls, ...destinationRule, ...serviceEntry, ...moreEntries, ...gatewayApi]
