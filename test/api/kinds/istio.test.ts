import {describe, expect, test} from 'vitest'
import {formatMultiError} from '../../../src/api/multi-error.js'
import type {KubeObject} from '../../../src/api/object.js'
import {typeFor} from '../../../src/api/registry.js'

function admit(kind: string, spec: unknown, metadata: object = {}): {readonly errors: readonly string[]; readonly warnings: readonly string[]} {
  const object = {apiVersion: 'networking.istio.io/v1', kind, metadata: {name: 'x', namespace: 'n', ...metadata}, spec} as KubeObject
  const {errors, warnings} = typeFor(object).admit?.(object) ?? {errors: ['not asked'], warnings: []}
  return {errors, warnings}
}

type Case = readonly [text: string, spec: object]
const refused = (kind: string, cases: readonly Case[]) =>
  test.each(cases)('%s', (text, spec) => {
    expect(admit(kind, spec)).toEqual({errors: text.split('\n'), warnings: []})
  })
const warned = (kind: string, cases: readonly Case[]) =>
  test.each(cases)('warns: %s', (text, spec) => {
    expect(admit(kind, spec)).toEqual({errors: [], warnings: text.split('\n')})
  })
const accepted = (kind: string, cases: readonly Case[]) =>
  test.each(cases)('takes %s', (_what, spec) => {
    expect(admit(kind, spec)).toEqual({errors: [], warnings: []})
  })

const port = {number: 31400, name: 'tcp', protocol: 'TCP'}
const server = (fields: object) => ({servers: [{hosts: ['*'], port, ...fields}]})
const tls = (settings: object) => server({port: {number: 443, name: 'tls', protocol: 'TLS'}, tls: settings})
const long = 'a'.repeat(64)

describe('a Gateway', () => {
  refused('Gateway', [
    ['gateway must have at least one server', {}],
    ['cannot have nil server\nserver may not be nil', {servers: [null]}],
    ['server config must contain at least one host', server({hosts: []})],
    ['short names (non FQDN) are not allowed', server({hosts: ['a']})],
    ['config namespace and dnsName in host entry cannot be empty\ninvalid namespace value "" in gateway', server({hosts: ['/a.b']})],
    ['config namespace and dnsName in host entry cannot be empty\nshort names (non FQDN) are not allowed\nempty domain name not allowed', server({hosts: ['a/']})],
    ['invalid namespace value "a.b" in gateway', server({hosts: ['a.b/*']})],
    ['partial wildcard "*foo.bar" not allowed', server({hosts: ['*foo.bar']})],
    ['domain name "a_.b" invalid (label "a_" invalid)', server({hosts: ['a_.b']})],
    ['domain name "b_" invalid (label "b_" invalid)', server({hosts: ['a.b_']})],
    ['domain name "b.1" invalid (top level domain "1" cannot be all-numeric)', server({hosts: ['a.b.1']})],
    [`domain name "${long}.a" invalid (label "${long}" invalid)`, server({hosts: [`${long}.a`]})],
    [`domain name "${'a.'.repeat(128)}" too long (max 255)`, server({hosts: ['a.'.repeat(128)]})],
    ['port is required', server({port: undefined})],
    ['invalid protocol "SMTP", supported protocols are HTTP, HTTP2, GRPC, GRPC-WEB, MONGO, REDIS, MYSQL, TCP', server({port: {...port, protocol: 'SMTP'}})],
    ['port number 0 must be in the range 1..65535', server({port: {...port, number: 0}})],
    ['port number 65536 must be in the range 1..65535', server({port: {...port, number: 65536}})],
    ['targetPort has no impact on Gateways', server({port: {...port, targetPort: 1}})],
    ['port name must be set: number:80 protocol:"http"', server({port: {number: 80, protocol: 'http'}})],
    ['localhost is not a valid IP', server({bind: 'localhost'})],
    ['unix address must not be empty', server({bind: 'unix://', port: {...port, number: 0}})],
    ['a is not an absolute path to a file\nport number must be 0 for unix domain socket: number:31400 protocol:"TCP" name:"tcp"', server({bind: 'unix://a'})],
    ['server must have TLS settings for HTTPS/TLS protocols', server({port: {...port, protocol: 'https'}})],
    ['server cannot have TLS settings for plain text HTTP ports', server({port: {...port, protocol: 'HTTP'}, tls: {mode: 'SIMPLE', credentialName: 'c'}})],
    ['server cannot have TLS settings for non HTTPS/TLS ports', server({tls: {}})],
    ['port names in servers must be unique: duplicate name tcp', {servers: [...server({}).servers, ...server({}).servers]}],
    ['SIMPLE TLS requires a server certificate\nSIMPLE TLS requires a private key', tls({mode: 'SIMPLE'})],
    ['MUTUAL TLS requires a client CA bundle\nMUTUAL TLS requires a server certificate\nMUTUAL TLS requires a private key', tls({mode: 'MUTUAL'})],
    ['MUTUAL TLS requires a private key', tls({mode: 'OPTIONAL_MUTUAL', caCertificates: 'c', tlsCertificates: [{serverCertificate: 's'}]})],
    ['only one of credential_name, credential_names, server_certificate/private_key, tls_certificates should be specified', tls({mode: 'SIMPLE', credentialName: 'c', credentialNames: ['d']})],
    ['CRL is not supported with SIMPLE TLS', tls({mode: 'SIMPLE', serverCertificate: 's', privateKey: 'p', caCrl: 'r'})],
    [
      'ISTIO_MUTUAL TLS cannot have associated server certificate\nISTIO_MUTUAL TLS cannot have associated private key\nISTIO_MUTUAL TLS cannot have associated CA bundle\nISTIO_MUTUAL TLS cannot have associated tlsCertificates\nISTIO_MUTUAL TLS cannot have associated credentialName\nISTIO_MUTUAL TLS cannot have associated credentialNames',
      tls({mode: 'ISTIO_MUTUAL', serverCertificate: 's', privateKey: 'p', caCertificates: 'c', tlsCertificates: [{}], credentialName: 'd', credentialNames: ['e']}),
    ],
  ])
  warned('Gateway', [
    ['tls.httpsRedirect should only be used with http servers', tls({mode: 'PASSTHROUGH', httpsRedirect: true})],
    ['PASSTHROUGH mode does not use certificates, they will be ignored', tls({credentialName: 'c'})],
    ['TLS version below TLSV1_2 require setting compatible ciphers as by default they no longer include compatible ciphers.', tls({minProtocolVersion: 'TLSV1_1'})],
    ['ignoring invalid cipher suites: [A B]\nignoring duplicate cipher suites: [AES128-SHA]', tls({cipherSuites: ['B', 'A', 'AES128-SHA', 'AES128-SHA', '-ALL', 'ALL']})],
    ['SIMPLE TLS can support up to 2 server certificates', tls({mode: 'SIMPLE', tlsCertificates: [1, 2, 3].map(() => ({serverCertificate: 's', privateKey: 'p'}))})],
  ])
  accepted('Gateway', [
    ['hosts of every form', server({hosts: ['*', '*.a.b', './*', '*/*', 'ns/a.b', '10.0.0.1', 'a.b.']})],
    ['udp, an address to bind to and a socket of Linux', {servers: [{hosts: ['*'], port: {...port, protocol: 'udp'}, bind: '::1'}, {hosts: ['*'], port: {name: 'b', number: 0, protocol: 'mongo'}, bind: 'unix://@x'}]}],
    ['a redirect of HTTP', server({port: {...port, protocol: 'HTTP'}, tls: {httpsRedirect: true}})],
    ['certificates by name', tls({mode: 'MUTUAL', credentialName: 'c', caCrl: 'r'})],
  ])

  test('a list of revoked certificates comes with the credential', () => {
    expect(admit('Gateway', tls({mode: 'AUTO_PASSTHROUGH', credentialName: 'c', caCrl: 'r'}))).toEqual({
      errors: ['CRL is not supported with credentialName. CRL has to be specified in the credential'],
      warnings: ['AUTO_PASSTHROUGH mode does not use certificates, they will be ignored'],
    })
  })

  test('must have a name without dots and no annotation of Istio', () => {
    expect(admit('Gateway', server({}), {name: 'a.b'}).errors).toEqual(['invalid gateway name: "a.b"'])
    expect(admit('Gateway', server({}), {annotations: {'internal.istio.io/parents': 'x', 'internal.istio.io/webhook-always-reject': ''}}).errors).toEqual([
      '"internal.istio.io/parents" annotation found, this may not be set by users',
      '"internal.istio.io/webhook-always-reject" annotation found, rejecting',
    ])
  })
})

const to = (host: string, weight?: number, more: object = {}) => ({destination: {host, ...more}, ...(weight === undefined ? {} : {weight})})
const one = [to('a')]
const vs = <Fields extends object>(fields: Fields) => ({hosts: ['*'], gateways: ['g'], ...fields})
const tcp = (...routes: readonly unknown[]) => vs({tcp: routes})
const route = (...destinations: readonly unknown[]) => tcp({route: destinations})
const match = (fields: object) => tcp({match: [fields], route: one})
const sni = (fields: object, more: object = {}) => vs({hosts: ['*.a.b'], tls: [{match: [{sniHosts: ['x.a.b'], ...fields}], route: one}], ...more})

describe('a VirtualService', () => {
  refused('VirtualService', [
    ['http, tcp or tls must be provided in virtual service', vs({})],
    ['delegate virtual service must have no gateways specified\ndelegate virtual service must have no tls route specified\ndelegate virtual service must have no tcp route specified\nSNI host "x.a.b" is not a compatible subset of any of the virtual service hosts: []', {gateways: ['g'], tcp: [{route: one}], tls: sni({}).tls}],
    ['wildcard host * is not allowed for virtual services bound to the mesh gateway', {hosts: ['*'], tcp: [{route: one}]}],
    ['wildcard host * is not allowed for virtual services bound to the mesh gateway', {hosts: ['*'], gateways: ['g', 'mesh'], tcp: [{route: one}]}],
    ['domain name "a_" invalid (label "a_" invalid)', vs({hosts: ['a_', '*', '*'], tcp: [{route: one}]})],
    ['duplicate hosts in virtual service: *.foo.com & a.foo.com', vs({hosts: ['*.foo.com', 'b.com', 'a.foo.com'], tcp: [{route: one}]})],
    ['http route may not be null', vs({http: [null]})],
    ['config namespace and gateway name cannot be empty\ninvalid value for gateway name: ""', vs({gateways: ['a/'], tcp: [{route: one}]})],
    ['invalid value for namespace: "."', vs({gateways: ['./g'], tcp: [{route: one}]})],
    ['invalid value for gateway name: "b.c"', vs({gateways: ['a/b.c'], tcp: [{route: one}]})],
    ['domain name "a_" invalid (label "a_" invalid)', vs({gateways: ['a_', 'b/c.d'], tcp: [{route: one}]})],
    ['TCP route is required', tcp({})],
    ['tcp match may not be nil', tcp({match: [null], route: one})],
    ['10.0.0.0/33 is not a valid CIDR block\n10.0.0 is not a valid IP', match({destinationSubnets: ['10.0.0.0/33', '10.0.0']})],
    ['port number 65536 must be in the range 1..65535', match({port: 65536})],
    ['invalid tag key: "-a"\ninvalid tag value: "b c"', match({sourceLabels: {'-a': 'b c'}})],
    [`invalid tag key: "${long}" (name is too long)`, match({sourceLabels: {[long]: 'b'}})],
    ['weight may not be nil', route(null)],
    ['destination is required', route({weight: 1})],
    ['invalid destination host *', route(to('*'))],
    ['empty domain name not allowed', route(to(''))],
    ['domain name "0.0.1" invalid (top level domain "1" cannot be all-numeric)', route(to('10.0.0.1'))],
    ['subset name is invalid: v_1', route(to('a', 1, {subset: 'v_1'}))],
    ['port number 0 must be in the range 1..65535', route(to('a', 1, {port: {}}))],
    ['weight -1 < 0', route(to('a', -1), to('b', 2))],
    ['total destination weight = 0', route(to('a', 0), to('b'))],
    ['weight -1 < 0\ntotal destination weight = 0', route(to('a', 1), to('b', -1))],
    ['TLS route must have at least one match condition\nTLS route is required', vs({tls: [{}]})],
    ['TLS match may not be null', vs({tls: [{match: [null], route: one}]})],
    ['TLS match must have at least one SNI host', sni({sniHosts: []})],
    ['SNI host "*.b" is not a compatible subset of any of the virtual service hosts: [*.a.b]', sni({sniHosts: ['*.b']})],
    ["domain name outbound_.80 invalid, should follow 'outbound_.<PORT>_._.<HOSTNAME>' format", sni({sniHosts: ['outbound_.80']})],
    ['domain name "outbound_.x_._.a.b" invalid (label "x" invalid). should follow outbound_.<PORT>_._.<HOSTNAME> format', sni({sniHosts: ['outbound_.x_._.a.b']})],
    ['duplicate entries in exportTo: . and current namespace n', vs({tcp: [{route: one}], exportTo: ['n', '.']})],
    ['duplicate entries in exportTo for entry a', vs({tcp: [{route: one}], exportTo: ['a', 'a']})],
    ['exportTo ~ (none) is not allowed for Istio configuration objects', vs({tcp: [{route: one}], exportTo: ['~']})],
    ['only .,*, or a valid DNS 1123 label is allowed as exportTo entry', vs({tcp: [{route: one}], exportTo: ['a.b']})],
    ['cannot have both public (*) and non-public exportTo values for a resource', vs({tcp: [{route: one}], exportTo: ['*', 'a']})],
  ])
  warned('VirtualService', [
    ['using legacy gatewayName format "g.ns"; prefer the <namespace>/<name> format: "ns/g"', vs({gateways: ['g.ns'], tcp: [{route: one}]})],
    ['using legacy gatewayName format "g.ns"; prefer the <namespace>/<name> format: "ns/g"', sni({gateways: ['g.ns']})],
    ['using an IP address ("10.0.0.1") goes against SNI spec and most clients do not support this', sni({sniHosts: ['10.0.0.1']})],
    ['virtualService rule #1 not used (only the last rule can have no matches)', tcp({route: one}, {route: one})],
    ['virtualService rule #1 not used (route without matches defined before)\nvirtualService rule #1 not used (route without matches defined before)', tcp({route: one}, {match: [{port: 1}, {port: 2}], route: one})],
    [
      'virtualService rule #1 match #0 is not used (duplicate/overlapping match in rule #0)\nvirtualService rule #1 not used (all matches used by prior rules)',
      tcp({match: [{port: 1, gateways: ['g']}], route: one}, {match: [{gateways: ['g'], port: 1}], route: one}),
    ],
    ['virtualService rule #0 match #1 is not used (duplicate/overlapping match in rule #0)', tcp({match: [{port: 1}, {port: 1}, {port: 2}], route: one})],
  ])
  accepted('VirtualService', [
    ['the tutorial', tcp({match: [{port: 31400}], route: [to('tcp-echo', 80, {port: {number: 9000}, subset: 'v1'}), to('tcp-echo', 20, {port: {number: 9000}, subset: 'v2'})]})],
    ['what comes after a name without a namespace', vs({gateways: ['mesh', 'bad/na.me'], hosts: ['a'], tcp: [{route: one}]})],
    ['addresses as hosts', vs({hosts: ['10.0.0.1'], tcp: [{route: one}]})],
    ['wildcards inside the first label', vs({hosts: ['*foo.bar', '*-x.y'], tcp: [{route: one}]})],
    ['one destination without weight', route(to('a', 0))],
    ['a legacy name inside a tcp match, in silence', match({gateways: ['g.ns']})],
    ['http routes as they are', vs({http: [{route: [{destination: {host: 'a'}}]}]})],
    ['a delegate', {http: [{}]}],
    ['names of upstream clusters', sni({sniHosts: ['outbound_.80_._.x.a.b']}, {hosts: ['*']})],
    ['subnets with and without a length', match({destinationSubnets: ['10.0.0.0/8', '::/0', '10.0.0.1', '2001:db8::1', '::ffff:1.2.3.4'], port: 0})],
  ])
})

const policy = (trafficPolicy: object) => ({host: 'a', trafficPolicy})
const pool = (tcpPool: object) => policy({connectionPool: {tcp: tcpPool}})
const http = (httpPool: object) => policy({connectionPool: {http: httpPool}})
const balancer = (settings: object, outlierDetection: object | undefined = undefined) => policy({loadBalancer: settings, ...(outlierDetection && {outlierDetection})})
const hash = (consistentHash: object) => balancer({consistentHash})
const locality = (localityLbSetting: object) => balancer({localityLbSetting}, {})
const distribute = (...list: readonly (readonly [string, object])[]) => locality({distribute: list.map(([from, weights]) => ({from, to: weights}))})
const client = (settings: object) => policy({tls: settings})
const tunnel = (settings: object) => policy({tunnel: {targetHost: 'a.b', targetPort: 1, ...settings}})
const SHORT = 'duration must be greater than 1ms'

describe('a DestinationRule', () => {
  refused('DestinationRule', [
    ['empty domain name not allowed', {}],
    ['subset may not be null', {host: 'a', subsets: [null]}],
    ['duplicate subset names: v1', {host: 'a', subsets: [{name: 'v1'}, {name: 'v1'}]}],
    ['subset name cannot be empty', {host: 'a', subsets: [{name: ''}]}],
    ['subset name is invalid: v.1\ninvalid tag value: "-"', {host: 'a', subsets: [{name: 'v.1', labels: {a: '-'}}]}],
    ['traffic policy must have at least one field', policy({})],
    ['traffic policy must have at least one field', {host: 'a', subsets: [{name: 'v1', trafficPolicy: {}}]}],
    ['tunnel and proxyProtocol must not be set together', policy({tunnel: {}, proxyProtocol: {}})],
    ['tunnel protocol must be "CONNECT" or "POST"', tunnel({protocol: 'GET'})],
    ['tunnel target host must be valid FQDN or IP address: domain name "a_" invalid (label "a_" invalid); a_ is not a valid IP', tunnel({targetHost: 'a_'})],
    ['tunnel target port is invalid: port number 0 must be in the range 1..65535', tunnel({targetPort: 0})],
    ['connection pool must have at least one field', policy({connectionPool: {}})],
    ['max connections must be non-negative', pool({maxConnections: -1})],
    [SHORT, pool({connectTimeout: '0.5ms'})],
    [SHORT, pool({maxConnectionDuration: '0s'})],
    ['only durations to ms precision are supported', pool({idleTimeout: '1.0005s'})],
    [`${SHORT}\n${SHORT}`, pool({tcpKeepalive: {time: '-1s', interval: '1us'}})],
    [
      'http1 max pending requests must be non-negative\nhttp2 max requests must be non-negative\nmax requests per connection must be non-negative\nmax retries must be non-negative\nduration must be greater than 1ms\nuse client protocol must not be true when H2UpgradePolicy is UPGRADE\nmax concurrent streams must be non-negative',
      http({http1MaxPendingRequests: -1, http2MaxRequests: -1, maxRequestsPerConnection: -1, maxRetries: -1, idleTimeout: '0s', h2UpgradePolicy: 'UPGRADE', useClientProtocol: true, maxConcurrentStreams: -1}),
    ],
    ['name required for HttpCookie\ncookie attribute name cannot be empty\nduplicate cookie attribute name: a', hash({httpCookie: {name: '', attributes: [{name: ''}, {name: 'a'}, {name: 'a'}]}})],
    ['tableSize must be set for maglev\ntableSize must be a prime number for maglev', hash({maglev: {tableSize: 0}})],
    ['tableSize must be a prime number for maglev', hash({maglev: {tableSize: 9}})],
    ['tableSize must be less than 5000011 for maglev', hash({maglev: {tableSize: 5000011}})],
    ['duration is required\nminimumPercent value should be less than or equal to 100\naggression should be greater than 0', balancer({warmup: {minimumPercent: 101, aggression: 0}})],
    ['only one of localityLbSetting and zoneAwareLbSetting can be set', balancer({localityLbSetting: {}, zoneAwareLbSetting: {}})],
    ["can not simultaneously specify 'distribute' and 'failover'", locality({distribute: [{}], failover: [{}]})],
    ["can not simultaneously set 'failover' and topology label 'topology.kubernetes.io/zone' in 'failover_priority'", locality({failover: [{from: 'a', to: 'b'}], failoverPriority: ['topology.kubernetes.io/zone']})],
    ['locality weight must be in range [1, 100]', distribute(['a', {b: 0}])],
    ['total locality weight 90 != 100', distribute(['a', {b: 90}])],
    ["locality *a wildcard '*' number can not exceed 1 and must be in the end", distribute(['*a', {b: 100}])],
    ['locality a/b overlap with previous specified ones', distribute(['a/*', {x: 100}], ['a/b', {x: 100}])],
    ['locality a overlap with previous specified ones', distribute(['a/b', {x: 100}], ['a', {x: 100}])],
    ['locality b overlap with previous specified ones', distribute(['*', {x: 100}], ['b', {x: 100}])],
    ['locality a//c must not contain empty region/zone/subzone info', distribute(['a//c', {x: 100}])],
    ['locality x/y overlap with previous specified ones', distribute(['a', {x: 50, 'x/y': 50}])],
    ["locality lb failover settings must specify different regions\nlocality lb failover only specify region\nlocality lb failover region should not contain '*' wildcard", locality({failover: [{from: 'a/*', to: 'a/*'}]})],
    [`${SHORT}\noutlier detection consecutive local origin failures is specified, but split external local origin errors is set to false\n${SHORT}\npercentage 101 is not in range 0..100\npercentage -1 is not in range 0..100`, policy({outlierDetection: {baseEjectionTime: '0s', consecutiveLocalOriginFailures: 1, interval: '0s', maxEjectionPercent: 101, minHealthPercent: -1}})],
    ['traffic policy may not be null\nportTrafficPolicy must have valid port\nport traffic policy must have at least one field', policy({portLevelSettings: [null, {}]})],
    ['max connections must be non-negative', policy({portLevelSettings: [{port: {number: 1}, connectionPool: {tcp: {maxConnections: -1}}}]})],
    ['client certificate required for mutual tls\nprivate key required for mutual tls', client({mode: 'MUTUAL'})],
    ['cannot specify client certificates or CA certificate or CA CRL If credentialName is set', client({mode: 'SIMPLE', credentialName: 'c', caCrl: 'r'})],
    ['cannot specify CaCertificates or CredentialName or SubjectAltNames when InsecureSkipVerify is set true', client({mode: 'SIMPLE', insecureSkipVerify: true, caCertificates: 'c'})],
    ['cannot specify CaCertificates or SubjectAltNames when InsecureSkipVerify is set true', client({mode: 'MUTUAL', insecureSkipVerify: true, subjectAltNames: [], clientCertificate: 'c', privateKey: 'p'})],
    ['invalid configmap:// credentialName: invalid resource name "configmap://c". Expected namespace and name', client({mode: 'SIMPLE', credentialName: 'configmap://c'})],
    ['invalid configmap:// credentialName: namespace must match the configuration namespace "n"', client({mode: 'SIMPLE', credentialName: 'configmap://m/c'})],
    ['destination rule with workload selector cannot have exportTo beyond current namespace', {host: 'a', workloadSelector: {matchLabels: {a: 'b'}}, exportTo: ['m']}],
    ['destination rule with workload selector cannot have multiple entries in exportTo', {host: 'a', workloadSelector: {matchLabels: {a: 'b'}}, exportTo: ['.', 'm']}],
    ['empty key is not supported in selector: "=b"\nwildcard is not supported in selector: "a=*"', {host: 'a', workloadSelector: {matchLabels: {'': 'b', a: '*'}}}],
  ])
  warned('DestinationRule', [
    ['outlier detection consecutive errors is deprecated, use consecutiveGatewayErrors or consecutive5xxErrors instead', policy({outlierDetection: {consecutiveErrors: 1}})],
    ["consistent hash MinimumRingSize is deprecated, use ConsistentHashLB's RingHash configuration instead", hash({useSourceIp: true, minimumRingSize: 1})],
    ['outlier detection policy must be provided for failover', balancer({localityLbSetting: {failover: [{from: 'a', to: 'b'}]}})],
    ['workload selector specified without labels', {host: 'a', workloadSelector: {}}],
  ])
  accepted('DestinationRule', [
    ['the tutorial', {host: 'tcp-echo', subsets: [{name: 'v1', labels: {version: 'v1'}}, {name: 'v2', labels: {version: 'v2'}}]}],
    ['any host', {host: '*'}],
    ['a subset without labels and policy', {host: '*.local', subsets: [{name: 'all'}]}],
    ['full settings', policy({connectionPool: {tcp: {maxConnections: 100, connectTimeout: '30ms', idleTimeout: '0s', maxConnectionDuration: '1h30m', tcpKeepalive: {time: '7200s', interval: '75s'}}}, loadBalancer: {simple: 'ROUND_ROBIN'}, outlierDetection: {interval: '1s', splitExternalLocalOriginErrors: true, consecutiveLocalOriginFailures: 3}, tls: {mode: 'ISTIO_MUTUAL'}})],
    ['warnings of subsets and ports, in silence', {host: 'a', subsets: [{name: 'v1', trafficPolicy: {outlierDetection: {consecutiveErrors: 1}}}], trafficPolicy: {portLevelSettings: [{port: {number: 1}, outlierDetection: {consecutiveErrors: 1}}]}}],
    ['a prime table', hash({maglev: {tableSize: 65537}, useSourceIp: true})],
    ['places that do not overlap', distribute(['a/b/*', {'x/*': 70, y: 30}], ['a/c/d', {x: 100}])],
    ['an address to tunnel to', tunnel({protocol: 'POST', targetHost: '10.0.0.1'})],
    ['a retry budget', policy({retryBudget: {percent: 20}})],
  ])
  test('a ring that is sized twice is refused and warned about', () => {
    expect(admit('DestinationRule', hash({minimumRingSize: 1, ringHash: {}}))).toEqual({
      errors: ['only one of MinimumRingSize or Maglev/Ringhash can be specified'],
      warnings: ["consistent hash MinimumRingSize is deprecated, use ConsistentHashLB's RingHash configuration instead"],
    })
  })
})

test('several errors are listed as go-multierror does, one is bare', () => {
  expect(formatMultiError(['first'])).toBe('first')
  expect(formatMultiError(['first'], true)).toBe('1 error occurred:\n\t* first\n\n')
  expect(formatMultiError(['first', 'second'])).toBe('2 errors occurred:\n\t* first\n\t* second\n\n')
})
