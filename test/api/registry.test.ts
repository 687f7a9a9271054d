import {describe, expect, test} from 'vitest'
import type {KubeObject} from '../../src/api/object.js'
import {findByKind, findResource, typeFor, types, typesInCategory} from '../../src/api/registry.js'
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
  Pod: {spec: podSpec},
  Secret: {stringData: {a: 'b'}},
  ServiceAccount: {},
  Service: {spec: {ports: [{port: 1}]}},
  Deployment: {spec: {selector: labels, template}},
  ReplicaSet: {spec: {selector: labels, template}},
  EndpointSlice: {addressType: 'IPv4', endpoints: [{addresses: ['10.0.0.1']}], ports: [{port: 1}]},
  DestinationRule: {spec: {host: 'a', subsets: [{name: 'v1', labels: {version: 'v1'}}]}},
  Gateway: {spec: {servers: [{hosts: ['*'], port: {number: 1, name: 'tcp', protocol: 'TCP'}}]}},
  VirtualService: {spec: {hosts: ['*'], gateways: ['g'], tcp: route}},
}

const every = types.map((type) => [type.kind, type] as const)
const ids = (words: readonly (string | undefined)[]) => words.filter((word, index) => words.indexOf(word) !== index)

describe('every type', () => {
  test('has names of its own', () => {
    expect(ids(types.flatMap(({plural, singular, shortNames}) => [...new Set([plural, singular, ...shortNames])]))).toEqual([])
    expect(ids(types.flatMap(({kind, served}) => served.map(({group, version}) => `${group}/${version}/${kind}`)))).toEqual([])
  })

  test.each(every)('%s is stored in the version it prefers and has a minimal example here', (kind, {served, group, version}) => {
    expect(served[0]).toEqual({group, version})
    expect(LEAST).toHaveProperty(kind)
  })

  test.each(every)('%s takes its minimal example in every version, defaults it once and for all, and prints it', (kind, type) => {
    for (const {group, version} of type.served) {
      const apiVersion = group === '' ? version : `${group}/${version}`
      const metadata = {name: 'x', ...(type.namespaced ? {namespace: 'n'} : {})}
      const {object} = decodeObject(type, {apiVersion, kind, metadata, ...LEAST[kind]} as KubeObject)
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
    ['gateway', 'Gateway'],
    ['gw', 'Gateway'],
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
    expect(typesInCategory('all').map(({kind}) => kind)).toEqual(['Pod', 'Service', 'Deployment', 'ReplicaSet'])
    expect(typesInCategory('istio-io').map(({kind}) => kind)).toEqual(['DestinationRule', 'Gateway', 'VirtualService'])
    expect(typesInCategory('none')).toEqual([])
  })
})
