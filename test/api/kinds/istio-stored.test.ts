import {describe, expect, test} from 'vitest'
import type {KubeObject} from '../../../src/api/object.js'
import {typeFor} from '../../../src/api/registry.js'

type Verdict = {readonly errors: readonly string[]; readonly warnings: readonly string[]}

function admit(kind: string, spec: object, metadata: object = {}): Verdict {
  const apiVersion = kind === 'PeerAuthentication' ? 'security.istio.io/v1' : 'networking.istio.io/v1'
  const object = {apiVersion, kind, metadata: {name: 'x', namespace: 'n', ...metadata}, spec} as KubeObject
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

const tcp = {number: 9000, name: 'tcp', protocol: 'TCP'}
const https = {number: 443, name: 'https', protocol: 'HTTPS'}
const entry = (fields: object) => ({hosts: ['a.b'], ports: [https], resolution: 'DNS', ...fields})
const endpoints = (...list: readonly unknown[]) => entry({resolution: 'STATIC', endpoints: list})

describe('a ServiceEntry', () => {
  refused('ServiceEntry', [
    ['service entry must have at least one host', entry({hosts: [], resolution: 'NONE'})],
    ['invalid host *', entry({hosts: ['*'], resolution: 'NONE'})],
    ['domain name "a_.b" invalid (label "a_" invalid)', entry({hosts: ['a_.b'], resolution: 'NONE'})],
    ['10.0.0.0/33 is not a valid CIDR block\nten is not a valid IP', entry({addresses: ['10.0.0.0/33', 'ten'], resolution: 'STATIC'})],
    ['CIDR addresses are allowed only for NONE/STATIC resolution types', entry({addresses: ['10.0.0.0/8']})],
    ['service entry port may not be null', entry({ports: [null]})],
    ['service entry port name "https" already defined\nservice entry port 443 already defined', entry({ports: [https, https]})],
    ['port number 65536 must be in the range 1..65535', entry({ports: [{...https, targetPort: 65_536}]})],
    ['invalid port name: a_b\nunsupported protocol: SMTP\nport number 0 must be in the range 1..65535', entry({ports: [{number: 0, name: 'a_b', protocol: 'SMTP'}]})],
    ['no endpoints should be provided for resolution type none', entry({resolution: 'NONE', endpoints: [{address: '10.0.0.1'}]})],
    ['only one of WorkloadSelector or Endpoints is allowed in Service Entry', {...endpoints({address: '10.0.0.1'}), workloadSelector: {labels: {a: 'b'}}}],
    ['empty key is not supported in selector: "=b"\nwildcard is not supported in selector: "a=*"', entry({hosts: [], workloadSelector: {labels: {'': 'b', a: '*'}}})],
    ['endpoint cannot be nil', endpoints(null)],
    ['address is required', endpoints({ports: {x: 0}})],
    ['endpoint address "a.b" is not a valid IP address', endpoints({address: 'a.b'})],
    ['endpoint port 1 is not defined by the service entry\nendpoint port 0 is not defined by the service entry\ninvalid port name: x_y\nport number 0 must be in the range 1..65535', endpoints({address: '10.0.0.1', ports: {x: 1, x_y: 0}})],
    ['unix endpoint unix:///s must not include ports', endpoints({address: 'unix:///s', ports: {https: 1}})],
    ['unix address must not be empty', endpoints({address: 'unix://'})],
    ['s is not an absolute path to a file', endpoints({address: 'unix://s'})],
    ['exactly 1 service port required for unix endpoints', {...endpoints({address: 'unix:///s'}), ports: [https, tcp]}],
    ['invalid tag value: "-"', endpoints({address: '10.0.0.1', labels: {a: '-'}})],
    [
      'domain name "a_" invalid (label "a_" invalid)\nhosts must be FQDN or contain only prefix wildcards if no endpoints are provided for resolution mode DNS, domain name "a_" invalid (label "a_" invalid)',
      entry({hosts: ['a_']}),
    ],
    ['there must only be 0 or 1 endpoint for resolution mode DNS_ROUND_ROBIN', entry({resolution: 'DNS_ROUND_ROBIN', endpoints: [{address: 'a.b'}, {address: 'c.d'}]})],
    ['endpoint address "unix:///s" is not a valid FQDN or an IP address', entry({endpoints: [{address: 'unix:///s'}]})],
    ['endpoint address "" is not a valid FQDN or an IP address\ninvalid tag key: "-"\nendpoint port 1 is not defined by the service entry', entry({endpoints: [{labels: {'-': 'a'}, ports: {x: 1}}]})],
    ['multiple hosts provided with non-HTTP, non-TLS ports', entry({hosts: ['a.b', 'c.d'], ports: [tcp]})],
    ['unsupported resolution type LATER', entry({resolution: 'LATER'})],
    ['cannot export service entry to no one (~) and someone', entry({exportTo: ['~', '.']})],
    ['cannot have both public (*) and non-public exportTo values for a resource\ncannot export service entry to no one (~) and someone', entry({exportTo: ['*', '~']})],
  ])
  warned('ServiceEntry', [
    ['partial wildcard "*a.b" not allowed', entry({hosts: ['*a.b']})],
    ['addresses are required for ports serving TCP (or unset) protocol when IP Autoallocation is not enabled', entry({resolution: 'NONE', ports: [tcp]})],
    ['workloadSelector should not be set when resolution mode is NONE', entry({resolution: 'NONE', workloadSelector: {labels: {a: 'b'}}})],
    ['service entry: workload selector specified without labels, will be applied to all services in namespace', entry({resolution: 'STATIC', workloadSelector: {}})],
    ['service entry can not have more than one host specified simultaneously with address and tcp port', entry({hosts: ['a.b', 'c.d'], addresses: ['10.0.0.1']})],
    ['address is unset with network "net"', endpoints({network: 'net'})],
  ])
  accepted('ServiceEntry', [
    ['a name to look up', entry({})],
    ['every name below a domain', entry({hosts: ['*.a.b']})],
    ['several hosts that tell themselves apart', entry({hosts: ['a.b', 'c.d']})],
    ['addresses, each with a port of its own', {...endpoints({address: '127.0.0.1', ports: {tcp: 7000}, labels: {version: 'v1'}}, {address: '::1'}), ports: [tcp]}],
    ['a socket', {...endpoints({address: 'unix:///run/echo.sock'}), ports: [tcp]}],
    ['a range without resolution', entry({addresses: ['10.0.0.0/8'], resolution: 'NONE'})],
    ['pods by their labels', entry({resolution: 'STATIC', workloadSelector: {labels: {app: 'a'}}})],
    ['an entry for nobody', entry({exportTo: ['~']})],
    ['names that are resolved when they are asked for', entry({hosts: ['*.a.b'], resolution: 'DYNAMIC_DNS', location: 'MESH_EXTERNAL'})],
    ['a TCP port that gets an address by itself', entry({ports: [tcp]})],
  ])

  test('warns of a TCP port whose entry wants no address by itself', () => {
    expect(admit('ServiceEntry', entry({ports: [tcp]}), {labels: {'networking.istio.io/enable-autoallocate-ip': 'FALSE'}}).warnings).toHaveLength(1)
  })
})

describe('a WorkloadEntry', () => {
  refused('WorkloadEntry', [
    ['address is required', {labels: {a: '-'}}],
    ['endpoint address "a_" is not a valid FQDN or an IP address', {address: 'a_'}],
    ['unix endpoint unix:///s must not include ports\nport number 0 must be in the range 1..65535', {address: 'unix:///s', ports: {a: 0}}],
    ['invalid port name: a.b', {address: '10.0.0.1', ports: {'a.b': 1}}],
    ['invalid tag key: "-"', {address: '10.0.0.1', labels: {'-': 'a'}}],
  ])
  warned('WorkloadEntry', [['address is unset with network "net"', {network: 'net'}]])
  accepted('WorkloadEntry', [
    ['a name', {address: 'vm1.vpc01.corp.net', ports: {tcp: 9000}, labels: {app: 'a'}, weight: 3}],
    ['an address', {address: '2001:db8::1'}],
    ['an abstract socket', {address: 'unix://@echo'}],
  ])
})

const probe = (fields: object) => ({template: {}, probe: fields})

describe('a WorkloadGroup', () => {
  refused('WorkloadGroup', [
    ['template is required', {}],
    ['unknown health check method <nil>', probe({})],
    [
      'periodSeconds must be non-negative\ninitialDelaySeconds must be non-negative\ntimeoutSeconds must be non-negative\nsuccessThreshold must be non-negative\nfailureThreshold must be non-negative\nport number 0 must be in the range 1..65535',
      probe({periodSeconds: -1, initialDelaySeconds: -1, timeoutSeconds: -1, successThreshold: -1, failureThreshold: -1, tcpSocket: {}}),
    ],
    [
      'httpGet.scheme must be one of "HTTPS", "HTTP"\ninvalid nil header\nheader name cannot be empty\nheader name a b is not a valid header name',
      probe({httpGet: {port: 80, scheme: 'FTP', httpHeaders: [null, {}, {name: 'a b'}]}}),
    ],
    ['exec.command is required', probe({exec: {}})],
  ])
  accepted('WorkloadGroup', [
    ['a template', {metadata: {labels: {app: 'a'}}, template: {serviceAccount: 's'}}],
    ['every probe', probe({grpc: {port: 1}})],
  ])

  test('puts what is wrong with labels behind a word of its own', () => {
    expect(admit('WorkloadGroup', {metadata: {labels: {'-': 'a'}}, template: {}}).errors).toEqual(['invalid labels: 1 error occurred:\n\t* invalid tag key: "-"\n\n'])
  })
})

const ingress = (fields: object) => ({ingress: [{port: {number: 80, protocol: 'HTTP', name: 'http'}, ...fields}]})
const egress = (fields: object) => ({egress: [{hosts: ['./*'], ...fields}]})
const FORM = 'sidecar: defaultEndpoint must be of form 127.0.0.1:<port>,0.0.0.0:<port>,[::1]:port,[::]:port,unix://filepath or unset'

describe('a Sidecar', () => {
  refused('Sidecar', [
    ['sidecar: empty configuration provided', {}],
    ['wildcard is not supported in selector: "a=*"', {workloadSelector: {labels: {a: '*'}}}],
    ['sidecar: ingress may not be null', {ingress: [null]}],
    ['sidecar: port is required for ingress listeners', {ingress: [{}]}],
    ['targetPort has no impact on Sidecars', ingress({port: {number: 80, protocol: 'HTTP', targetPort: 1}})],
    ['invalid port name: a_b\nunsupported protocol: X\nport number 0 must be in the range 1..65535\nhost is not a valid IP', ingress({port: {name: 'a_b', protocol: 'X'}, bind: 'host'})],
    ['sidecar: ports on IP bound listeners must be unique', {ingress: [...ingress({}).ingress, ...ingress({}).ingress]}],
    [FORM, ingress({defaultEndpoint: '10.0.0.1:80'})],
    ['port number 0 must be in the range 1..65535', ingress({defaultEndpoint: '[::1]:0'})],
    ['sidecar: defaultEndpoint port (x) is not a number: strconv.Atoi: parsing "x": invalid syntax', ingress({defaultEndpoint: ':x'})],
    ['address localhost: missing port in address\nsidecar: defaultEndpoint port () is not a number: strconv.Atoi: parsing "": invalid syntax', ingress({defaultEndpoint: 'localhost'})],
    ['s is not an absolute path to a file', ingress({defaultEndpoint: 'unix://s'})],
    [
      'sidecar: subjectAltNames is not supported in ingress tls\nsidecar: httpsRedirect is not supported\nsidecar: credentialName is not currently supported',
      ingress({tls: {mode: 'SIMPLE', credentialName: 'c', httpsRedirect: true, subjectAltNames: ['a']}}),
    ],
    ['configuration is invalid: cannot set mode to ISTIO_MUTUAL in sidecar ingress tls', ingress({tls: {mode: 'ISTIO_MUTUAL'}})],
    ['connection pool must have at least one field', ingress({connectionPool: {}})],
    ['max connections must be non-negative', {inboundConnectionPool: {tcp: {maxConnections: -1}}}],
    ['egress listener may not be null', {egress: [null]}],
    ['sidecar: the egress listener with empty port should be the last listener in the list', {egress: [{hosts: ['./*']}, {hosts: ['./*']}]}],
    ['targetPort has no impact on Sidecars\nport number 65536 must be in the range 1..65535', egress({port: {number: 65_536, targetPort: 1}})],
    ['sidecar: ports with 0 value must have a unix domain socket bind address', egress({port: {}})],
    ['sidecar: captureMode must be DEFAULT/NONE for unix domain socket listeners', egress({port: {}, bind: 'unix:///s', captureMode: 'IPTABLES'})],
    ['sidecar: unix domain socket values for listeners must be unique', {egress: [1, 2].map(() => ({hosts: ['./*'], port: {}, bind: 'unix:///s'}))}],
    ['sidecar: ports on IP bound listeners must be unique', {egress: [1, 2].map(() => ({hosts: ['./*'], port: {number: 1}}))}],
    ['sidecar: egress listener must contain at least one host', egress({hosts: []})],
    ['host must be of form namespace/dnsName', egress({hosts: ['a.b']})],
    [
      'config namespace and dnsName in host entry cannot be empty\ninvalid namespace value "" in sidecar\nshort names (non FQDN) are not allowed',
      egress({hosts: ['/a']}),
    ],
    ['domain name "a_.b" invalid (label "a_" invalid)\ndomain name "a_.b" invalid (label "a_" invalid)', egress({hosts: ['n/a_.b']})],
    ['partial wildcard "*a.b" not allowed', egress({hosts: ['n/*a.b']})],
    ['sidecar: egress_proxy must be set only with ALLOW_ANY outbound_traffic_policy mode', {outboundTrafficPolicy: {egressProxy: {host: 'a.b'}}}],
    ['sidecar: egress_proxy port must be non-nil', {outboundTrafficPolicy: {mode: 'ALLOW_ANY', egressProxy: {host: 'a.b'}}}],
    ['port number 0 must be in the range 1..65535', {outboundTrafficPolicy: {mode: 'ALLOW_ANY', egressProxy: {host: 'a.b', port: {}}}}],
  ])
  warned('Sidecar', [
    ['sidecar: workload selector specified without labels, will be applied to all services in namespace', {...egress({}), workloadSelector: {}}],
    [
      'sidecar: HTTP connection pool settings are configured for port 80 ("tcp") but its protocol is not HTTP (TCP); only TCP settings will apply',
      ingress({port: {number: 80, protocol: 'TCP', name: 'tcp'}, connectionPool: {http: {maxRetries: 1}}}),
    ],
    ['duplicated egress host: ./a.b\nduplicated egress host: n/*', egress({hosts: ['n/a.b', './a.b', 'n/*']})],
    ['`*/*` host select all resources, no other hosts can be added', egress({hosts: ['*/*', 'm/a.b']})],
  ])
  accepted('Sidecar', [
    ['the usual', egress({hosts: ['./*', 'istio-system/*']})],
    ['all it can take in', ingress({bind: '127.0.0.1', defaultEndpoint: '127.0.0.1:8080', tls: {mode: 'SIMPLE', serverCertificate: 's', privateKey: 'p'}})],
  ])
})

describe('a PeerAuthentication', () => {
  refused('PeerAuthentication', [
    ['mesh/namespace peer authentication cannot have port level mTLS', {portLevelMtls: {80: {}}}],
    ['port level mTLS, if defined, must have at least one element', {selector: {matchLabels: {a: 'b'}}, portLevelMtls: {}}],
    ['port must be in range 1..65535', {selector: {matchLabels: {a: 'b'}}, portLevelMtls: {0: {}}}],
    ['wildcard is not supported in selector: "a=*"', {selector: {matchLabels: {a: '*'}}}],
  ])
  warned('PeerAuthentication', [['workload selector specified without labels', {selector: {}}]])
  accepted('PeerAuthentication', [
    ['a mode for all', {mtls: {mode: 'STRICT'}}],
    ['a mode for a port', {selector: {matchLabels: {a: 'b'}}, portLevelMtls: {80: {mode: 'DISABLE'}}}],
  ])
})

test('an annotation that means nothing for a kind is refused', () => {
  expect(admit('WorkloadEntry', {address: '10.0.0.1'}, {annotations: {'istio.io/dry-run': 'true'}}).errors).toEqual([
    'n/x has unsupported annotation istio.io/dry-run, please remove the annotation',
  ])
})
