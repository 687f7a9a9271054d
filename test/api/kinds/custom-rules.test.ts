import {describe, expect, test} from 'vitest'
import {refusalOf} from '../../help/check-object.js'
import type {KubeObject} from '../../../src/api/object.js'
import {typeFor} from '../../../src/api/registry.js'

const SUBDOMAIN = '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*'
const UNCHECKED = '<nil>: Invalid value: null: some validation rules were not checked because the object was invalid; correct the existing errors to complete validation'

function refusals(object: object): readonly string[] {
  const whole = object as KubeObject
  const refusal = refusalOf(typeFor(whole), whole)
  if (refusal === undefined) return []
  return refusal.details.causes?.map(({field, message}) => `${field}: ${message}`) ?? [refusal.message]
}

const of = (group: string, kind: string, version = 'v1') => (spec: object) => ({apiVersion: `${group}/${version}`, kind, metadata: {name: 'x'}, spec})
const GATEWAY_API = 'gateway.networking.k8s.io'
const entry = of('networking.istio.io', 'ServiceEntry')
const workload = of('networking.istio.io', 'WorkloadEntry')
const group = of('networking.istio.io', 'WorkloadGroup')
const rule = of('networking.istio.io', 'DestinationRule')
const gateway = of(GATEWAY_API, 'Gateway')
const tcpRoute = of(GATEWAY_API, 'TCPRoute')
const tlsRoute = of(GATEWAY_API, 'TLSRoute')

const port = {number: 443, name: 'https'}
const listeners = (...list: readonly object[]) => gateway({gatewayClassName: 'istio', listeners: list.map((one) => ({name: 'l', port: 1, protocol: 'TCP', ...one}))})
const backend = {name: 's', port: 1}
const parents = (...parentRefs: readonly object[]) => tcpRoute({parentRefs, rules: [{backendRefs: [backend]}]})
const backends = (...backendRefs: readonly object[]) => tcpRoute({rules: [{backendRefs}]})
const names = (...hostnames: readonly string[]) => tlsRoute({hostnames, rules: [{backendRefs: [backend]}]})

describe("what Istio's CRDs refuse", () => {
  test.each<[string, object, readonly string[]]>([
    ['an entry without hosts', entry({}), ['spec.hosts: Required value', UNCHECKED]],
    ['no host at all', entry({hosts: []}), ['spec.hosts: Invalid value: 0: spec.hosts in body should have at least 1 items']],
    ['an unknown resolution', entry({hosts: ['a'], resolution: 'LATER'}), ['spec.resolution: Unsupported value: "LATER": supported values: "NONE", "STATIC", "DNS", "DNS_ROUND_ROBIN", "DYNAMIC_DNS"', UNCHECKED]],
    ['a long address', entry({hosts: ['a'], addresses: ['1'.repeat(65)]}), ['spec.addresses[0]: Too long: may not be more than 64 bytes', UNCHECKED]],
    ['a port twice', entry({hosts: ['a'], ports: [port, port]}), ['spec.ports[1]: Duplicate value: {"name":"https"}', 'spec.ports: Invalid value: port number cannot be duplicated']],
    ['ports out of range', entry({hosts: ['a'], ports: [{...port, number: 0, targetPort: 65_536}]}), ['spec.ports[0].number: Invalid value: 0: port must be between 1-65535', 'spec.ports[0].targetPort: Invalid value: 65536: port must be between 1-65535']],
    [
      'endpoints that nobody would use',
      entry({hosts: ['a'], addresses: ['10.0.0.0/8'], endpoints: [{address: 'unix://x/', ports: {a_b: 0}}], workloadSelector: {labels: {a: '*'}}}),
      [
        'spec: Invalid value: only one of WorkloadSelector or Endpoints can be set',
        'spec: Invalid value: NONE mode cannot set endpoints',
        'spec.endpoints[0]: Invalid value: UDS may not include ports',
        'spec.endpoints[0].address: Invalid value: "unix://x/": UDS must be an absolute path or abstract socket',
        'spec.endpoints[0].address: Invalid value: "unix://x/": UDS may not be a dir',
        'spec.endpoints[0].ports: Invalid value: port name must be valid',
        'spec.endpoints[0].ports[a_b]: Invalid value: 0: port must be between 1-65535',
        'spec.workloadSelector.labels[a]: Invalid value: "*": wildcard is not supported in selector',
      ],
    ],
    ['a range to look up', entry({hosts: ['a'], addresses: ['10.0.0.0/8'], resolution: 'DNS'}), ['spec: Invalid value: CIDR addresses are allowed only for NONE/STATIC resolution types']],
    ['two servers in turn', entry({hosts: ['a'], resolution: 'DNS_ROUND_ROBIN', endpoints: [{address: 'a'}, {address: 'b'}]}), ['spec: Invalid value: DNS_ROUND_ROBIN mode cannot have multiple endpoints']],
    ['a workload nowhere', workload({}), ['spec: Invalid value: Address is required']],
    ['a template with a bad probe', group({template: {}, probe: {httpGet: {port: 0, scheme: 'FTP'}, tcpSocket: {port: 1}}}), ['<nil>: Invalid value: "": "spec.probe" must validate one and only one schema (oneOf). Found 2 valid alternatives', 'spec.probe.httpGet.port: Invalid value: 0: port must be between 1-65535', 'spec.probe.httpGet.scheme: Invalid value: "FTP": scheme must be one of [HTTP, HTTPS]']],
    ['a count below zero', group({template: {}, probe: {periodSeconds: -1}}), ['spec.probe.periodSeconds: Invalid value: -1: spec.probe.periodSeconds in body should be greater than or equal to 0']],
    ['two balancers', rule({host: 'a', trafficPolicy: {loadBalancer: {simple: 'RANDOM', consistentHash: {useSourceIp: true, ringHash: {}, maglev: {}}}}}), ['<nil>: Invalid value: "": "spec.trafficPolicy.loadBalancer" must validate one and only one schema (oneOf). Found 2 valid alternatives', '<nil>: Invalid value: "": "spec.trafficPolicy.loadBalancer.consistentHash" must validate one and only one schema (oneOf). Found 2 valid alternatives']],
    ['wildcards in a selector', rule({host: 'a', workloadSelector: {matchLabels: {'a*': '*', '': 'b'}}}), ['spec.workloadSelector.matchLabels[a*]: Invalid value: "*": wildcard not allowed in label value match', 'spec.workloadSelector.matchLabels: Invalid value: wildcard not allowed in label key match', 'spec.workloadSelector.matchLabels: Invalid value: key must not be empty']],
    ['certificates by name and by file', of('networking.istio.io', 'Gateway')({servers: [{hosts: ['*'], port: {...port, protocol: 'TLS'}, tls: {credentialNames: ['a'], tlsCertificates: [{}]}}]}), ['spec.servers[0].tls: Invalid value: only one of credentialNames or tlsCertificates can be set']],
    ['three certificates', of('networking.istio.io', 'Gateway')({servers: [{hosts: ['*'], port: {...port, protocol: 'TLS'}, tls: {credentialNames: ['a', 'b', 'c']}}]}), ['spec.servers[0].tls.credentialNames: Too many: 3: must have at most 2 items', UNCHECKED]],
    ['ports without a selector', of('security.istio.io', 'PeerAuthentication')({portLevelMtls: {70000: {mode: 'STRICT'}}}), ['spec: Invalid value: portLevelMtls requires selector', 'spec.portLevelMtls: Invalid value: port must be between 1-65535']],
    ['no ports where there should be some', of('security.istio.io', 'PeerAuthentication')({selector: {matchLabels: {a: 'b'}}, portLevelMtls: {}}), ['spec.portLevelMtls: Invalid value: 0: spec.portLevelMtls in body should have at least 1 properties']],
  ])('%s', (_what, object, errors) => {
    expect(refusals(object)).toEqual(errors)
  })
})

describe("what the Gateway API's CRDs refuse", () => {
  test.each<[string, object, readonly string[]]>([
    ['a Gateway without a class', gateway({listeners: []}), ['spec.listeners: Invalid value: 0: spec.listeners in body should have at least 1 items', 'spec.gatewayClassName: Required value', UNCHECKED]],
    ['a port out of range', listeners({port: 0}), ['spec.listeners[0].port: Invalid value: 0: spec.listeners[0].port in body should be greater than or equal to 1']],
    ['a bad name', listeners({name: 'A'}), [`spec.listeners[0].name: Invalid value: "A": spec.listeners[0].name in body should match '^${SUBDOMAIN}$'`]],
    ['an empty name', listeners({name: ''}), ['spec.listeners[0].name: Invalid value: "": spec.listeners[0].name in body should be at least 1 chars long']],
    ['a bad host name', listeners({protocol: 'TLS', hostname: '*foo', tls: {mode: 'Passthrough'}}), [`spec.listeners[0].hostname: Invalid value: "*foo": spec.listeners[0].hostname in body should match '^(\\*\\.)?${SUBDOMAIN}$'`]],
    ['a listener twice', listeners({}, {}), ['spec.listeners[1]: Duplicate value: {"name":"l"}', 'spec.listeners: Invalid value: Listener name must be unique within the Gateway', 'spec.listeners: Invalid value: Combination of port, protocol and hostname must be unique for each listener']],
    ['TLS and a name where there is neither', listeners({tls: {mode: 'Passthrough'}, hostname: 'a'}), ["spec.listeners: Invalid value: tls must not be specified for protocols ['HTTP', 'TCP', 'UDP']", "spec.listeners: Invalid value: hostname must not be specified for protocols ['TCP', 'UDP']"]],
    ['HTTPS that is not ended', listeners({protocol: 'https', tls: {mode: 'Passthrough'}}), ['spec.listeners: Invalid value: tls mode must be Terminate for protocol HTTPS']],
    ['TLS without a mode', listeners({protocol: 'TLS'}), ['spec.listeners: Invalid value: tls mode must be set for protocol TLS']],
    ['an end of TLS without certificates', listeners({protocol: 'TLS', tls: {}}), ['spec.listeners[0].tls: Invalid value: certificateRefs or options must be specified when mode is Terminate']],
    ['an unknown mode', listeners({protocol: 'TLS', tls: {mode: 'Maybe'}}), ['spec.listeners[0].tls.mode: Unsupported value: "Maybe": supported values: "Terminate", "Passthrough"', UNCHECKED]],
    ['routes from nowhere', listeners({allowedRoutes: {namespaces: {from: 'None'}}}), ['spec.listeners[0].allowedRoutes.namespaces.from: Unsupported value: "None": supported values: "All", "Selector", "Same"', UNCHECKED]],
    ['an address twice', {...listeners({}), spec: {...listeners({}).spec, addresses: [{value: '10.0.0.1'}, {value: '10.0.0.1'}]}}, ['spec.addresses: Invalid value: IPAddress values must be unique']],
    ['a route without rules', tcpRoute({rules: []}), ['spec.rules: Invalid value: 0: spec.rules in body should have at least 1 items']],
    ['two rules', tcpRoute({rules: [{backendRefs: [backend]}, {backendRefs: [backend]}]}), ['spec.rules: Too many: 2: must have at most 1 item', UNCHECKED]],
    ['too many backends', backends(...Array.from({length: 17}, () => backend)), ['spec.rules[0].backendRefs: Too many: 17: must have at most 16 items', UNCHECKED]],
    ['a weight out of range', backends({...backend, weight: 1_000_001}), ['spec.rules[0].backendRefs[0].weight: Invalid value: 1000001: spec.rules[0].backendRefs[0].weight in body should be less than or equal to 1000000']],
    ['a Service without a port', backends({name: 's'}), ['spec.rules[0].backendRefs[0]: Invalid value: Must have port for Service reference']],
    ['a parent as a whole and in parts', parents({name: 'g'}, {name: 'g', sectionName: 'a'}), ['spec.parentRefs: Invalid value: sectionName must be specified when parentRefs includes 2 or more references to the same parent']],
    ['a part of a parent twice', parents({name: 'g', sectionName: 'a'}, {name: 'g', sectionName: 'a', port: 1}), ['spec.parentRefs: Invalid value: sectionName must be unique when parentRefs includes 2 or more references to the same parent']],
    ['an address as a name', names('10.0.0.1'), ['spec.hostnames: Invalid value: Hostnames cannot contain an IP']],
    ['a TLSRoute without names', tlsRoute({rules: [{backendRefs: [backend]}]}), ['spec.hostnames: Required value', UNCHECKED]],
    ['a grant without a kind', of(GATEWAY_API, 'ReferenceGrant', 'v1beta1')({from: [{group: '', namespace: 'n'}], to: [{group: '', kind: 'Secret'}]}), ['spec.from[0].kind: Required value']],
    ['a class without a controller path', of(GATEWAY_API, 'GatewayClass')({controllerName: 'istio'}), [`spec.controllerName: Invalid value: "istio": spec.controllerName in body should match '^${SUBDOMAIN}\\/[A-Za-z0-9\\/\\-._~%!$&'()*+,;=:]+$'`]],
  ])('%s', (_what, object, errors) => {
    expect(refusals(object)).toEqual(errors)
  })

  test.each<[string, object]>([
    ['parents told apart by their section, namespace and kind', parents({name: 'g', sectionName: 'a'}, {name: 'g', sectionName: 'b'}, {name: 'g', namespace: 'm'}, {name: 'g', kind: 'Service', group: ''})],
    ['backends of other kinds without a port', backends({name: 's', kind: 'Backend', group: 'example.com'})],
    ['listeners told apart by their host', listeners({name: 'a', protocol: 'TLS', hostname: '*.a.b', tls: {mode: 'Passthrough'}}, {name: 'b', protocol: 'TLS', hostname: 'a.b', tls: {mode: 'Passthrough'}})],
    ['a TLSRoute of v1alpha2 without names', of(GATEWAY_API, 'TLSRoute', 'v1alpha2')({rules: [{backendRefs: [backend]}]})],
  ])('takes %s', (_what, object) => {
    expect(refusals(object)).toEqual([])
  })

  test('the controller of a class stays', () => {
    const gatewayClass = of(GATEWAY_API, 'GatewayClass')
    const [before, after] = ['istio.io/a', 'istio.io/b'].map((controllerName) => gatewayClass({controllerName}) as KubeObject)
    if (before === undefined || after === undefined) throw new Error('two objects')
    expect(typeFor(after).validate(after, before)).toEqual([{field: 'spec.controllerName', reason: 'FieldValueInvalid', message: 'Invalid value: "istio.io/b": Value is immutable'}])
  })
})
