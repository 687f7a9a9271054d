import {describe, expect, test} from 'vitest'
import type {KubeObject} from '../../src/api/object.js'
import {findByKind, findResource, typeFor, types, typesInCategory} from '../../src/api/registry.js'
import type {ResourceType} from '../../src/api/resource-type.js'
import {decodeObject} from '../../src/api/schema/decode.js'

/** The least that is valid, of every kind. */
const podSpec = {containers: [{name: 'c', image: 'x'}]}
const labels = {matchLabels: {a: 'b'}}
const template = {metadata: {labels: {a: 'b'}}, spec: podSpec}
const route = [{route: [{destination: {host: 'a'}}]}]
const LEAST: Readonly<Record<string, object>> = {
  ConfigMap: {data: {a: 'b'}},
  Endpoints: {subsets: [{addresses: [{ip: '10.0.0.1'}], ports: [{port: 1}]}]},
  Event: {involvedObject: {kind: 'Pod', name: 'p', namespace: 'n'}},
  Namespace: {},
  Node: {},
  PersistentVolumeClaim: {spec: {accessModes: ['ReadWriteOnce'], resources: {requests: {storage: '1Gi'}}}},
  Pod: {spec: podSpec},
  Secret: {stringData: {a: 'b'}},
  ServiceAccount: {},
  Service: {spec: {ports: [{port: 1}]}},
  DaemonSet: {spec: {selector: labels, template}},
  ControllerRevision: {data: {}, revision: 1},
  Deployment: {spec: {selector: labels, template}},
  ReplicaSet: {spec: {selector: labels, template}},
  Job: {spec: {template: {spec: {...podSpec, restartPolicy: 'Never'}}}},
  StatefulSet: {spec: {selector: labels, template}},
  EndpointSlice: {addressType: 'IPv4', endpoints: [{addresses: ['10.0.0.1']}], ports: [{port: 1}]},
  DestinationRule: {spec: {host: 'a', subsets: [{name: 'v1', labels: {version: 'v1'}}]}},
  Gateway: {spec: {servers: [{hosts: ['*'], port: {number: 1, name: 'tcp', protocol: 'TCP'}}]}},
  VirtualService: {spec: {hosts: ['*'], gateways: ['g'], tcp: route}},
  ServiceEntry: {spec: {hosts: ['a.example.com'], ports: [{number: 443, name: 'tls', protocol: 'TLS'}], resolution: 'DNS'}},
  Sidecar: {spec: {egress: [{hosts: ['./*']}]}},
  WorkloadEntry: {spec: {address: '10.0.0.1'}},
  WorkloadGroup: {spec: {template: {}}},
  PeerAuthentication: {spec: {mtls: {mode: 'STRICT'}}},
  GatewayClass: {spec: {controllerName: 'istio.io/gateway-controller'}},
  'Gateway API Gateway': {spec: {gatewayClassName: 'istio', listeners: [{name: 'tcp', port: 1, protocol: 'TCP'}]}},
  TCPRoute: {spec: {rules: [{backendRefs: [{name: 's', port: 1}]}]}},
  TLSRoute: {spec: {hostnames: ['a.example.com'], rules: [{backendRefs: [{name: 's', port: 1}]}]}},
  ReferenceGrant: {spec: {from: [{group: '', kind: 'Gateway', namespace: 'n'}], to: [{group: '', kind: 'Secret'}]}},
}

const every = types.map((type) => [nameOf(type), type] as const)
function nameOf({group, kind}: ResourceType): string {
  return kind === 'Gateway' && group.startsWith('gateway.') ? 'Gateway API Gateway' : kind
}
const ids = (words: readonly (string | undefined)[]) => words.filter((word, index) => words.indexOf(word) !== index)

describe('every type', () => {
  test('has names of its own', () => {
    expect(ids(types.flatMap(({plural, singular, shortNames}) => [...new Set([plural, singular, ...shortNames])]))).toEqual(['gateways', 'gateway'])
    expect(ids(types.flatMap(({kind, served}) => served.map(({group, version}) => `${group}/${version}/${kind}`)))).toEqual([])
  })

  test.each(every)('%s is stored in the version it prefers and has a minimal example here', (name, {served, group, version}) => {
    expect(served[0]).toEqual({group, version})
    expect(LEAST).toHaveProperty(name)
  })

  test.each(every)('%s takes its minimal example in every version, defaults it once and for all, and prints it', (name, type) => {
    for (const {group, version} of type.served) {
      const apiVersion = group === '' ? version : `${group}/${version}`
      const metadata = {name: 'x', ...(type.namespaced ? {namespace: 'n'} : {})}
      const {object} = decodeObject(type, {apiVersion, kind: type.kind, metadata, ...LEAST[name]} as KubeObject)
      const stored = type.defaults(object)
      expect(stored.apiVersion).toBe(type.group === '' ? type.version : `${type.group}/${type.version}`)
      expect(type.defaults(stored)).toEqual(stored)
      expect(type.validate(stored)).toEqual([])
      expect(type.validate(stored, stored)).toEqual([])
      expect(type.admit?.(stored) ?? {errors: [], warnings: []}).toEqual({errors: [], warnings: []})
      expect(decodeObject(type, stored).object).toEqual(stored)
      expect(type.columns.map((column) => typeof column.cell(stored, 0))).toEqual(type.columns.map(() => 'string'))
    }
  })
})

describe('finding a type', () => {
  test.each([
    ['pods', 'Pod'],
    ['POD', 'Pod'],
    ['po', 'Pod'],
    ['Deployment', 'Deployment'],
    ['deploy', 'Deployment'],
    ['deployments.apps', 'Deployment'],
    ['deploy.apps', 'Deployment'],
    ['deployments.v1.apps', 'Deployment'],
    ['deployments.extensions', 'Deployment'],
    ['services.v1.', 'Service'],
    ['vs', 'VirtualService'],
    ['se', 'ServiceEntry'],
    ['tcproute', 'TCPRoute'],
    ['refgrant', 'ReferenceGrant'],
    ['virtualservices.v1alpha3.networking.istio.io', 'VirtualService'],
    ['virtualservices.networking.istio.io', 'VirtualService'],
    ['ep', 'Endpoints'],
    ['virtualservices.v9.networking.istio.io', undefined],
    ['pods.apps', undefined],
    ['foo', undefined],
    ['', undefined],
  ])('%s is %s', (spelling, kind) => {
    expect(findResource(spelling)?.kind).toBe(kind)
  })

  test.each([
    ['gateway', 'gateway.networking.k8s.io'],
    ['gateways', 'gateway.networking.k8s.io'],
    ['gtw', 'gateway.networking.k8s.io'],
    ['gateways.gateway.networking.k8s.io', 'gateway.networking.k8s.io'],
    ['gw', 'networking.istio.io'],
    ['gateways.networking.istio.io', 'networking.istio.io'],
    ['gateway.v1beta1.networking.istio.io', 'networking.istio.io'],
  ])('%s is a Gateway of %s', (spelling, group) => {
    expect(findResource(spelling)).toMatchObject({kind: 'Gateway', group})
  })

  test('a manifest must name group, version and kind exactly', () => {
    expect(findByKind('networking.istio.io', 'v1beta1', 'Gateway')?.plural).toBe('gateways')
    expect(findByKind('networking.istio.io', 'v9', 'Gateway')).toBeUndefined()
    expect(findByKind('', 'v1', 'service')).toBeUndefined()
  })

  test('an object of no known type is refused as kubectl does', () => {
    expect(typeFor({apiVersion: 'extensions/v1beta1', kind: 'Deployment'}).kind).toBe('Deployment')
    expect(() => typeFor({apiVersion: 'v1', kind: 'Servce'})).toThrow('no matches for kind "Servce" in version "v1"')
  })

  test('categories are groups of types', () => {
    expect(typesInCategory('all', types).map(({kind}) => kind)).toEqual(['Pod', 'Service', 'DaemonSet', 'Deployment', 'ReplicaSet', 'StatefulSet', 'Job'])
    expect(typesInCategory('all').map(({shortNames: [short], plural}) => short ?? plural).join(' ')).toBe('po rc svc ds deploy rs sts hpa cj jobs')
    expect(typesInCategory('istio-io', types).map(({kind}) => kind)).toEqual([
      'DestinationRule',
      'Gateway',
      'ServiceEntry',
      'Sidecar',
      'VirtualService',
      'WorkloadEntry',
      'WorkloadGroup',
      'PeerAuthentication',
    ])
    expect(typesInCategory('none')).toEqual([])
  })
})
