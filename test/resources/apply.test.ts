import {beforeEach, describe, expect, test} from 'vitest'
import {deploymentType, type Deployment} from '../../src/api/kinds/deployment.js'
import {serviceType, type Service} from '../../src/api/kinds/service.js'
import {virtualServiceType} from '../../src/api/kinds/virtual-service.js'
import type {KubeObject} from '../../src/api/object.js'
import {apply, planApply} from '../../src/resources/apply.js'
import {LAST_APPLIED} from '../../src/resources/last-applied.js'
import type {Resources} from '../../src/resources/resources.js'
import {freshCluster} from '../help/cluster.js'

const route = (version: string, weights: readonly number[]): KubeObject =>
  ({
    apiVersion: `networking.istio.io/${version}`,
    kind: 'VirtualService',
    metadata: {name: 'v', namespace: 'default'},
    spec: {hosts: ['*'], gateways: ['g'], tcp: [{match: [{port: 31400}], route: weights.map((weight, i) => ({destination: {host: 'a', subset: `v${i + 1}`}, weight}))}]},
  }) as unknown as KubeObject
const service = (ports: readonly object[], labels: object = {}): KubeObject =>
  ({apiVersion: 'v1', kind: 'Service', metadata: {name: 'a', namespace: 'default', labels}, spec: {ports, selector: {app: 'a'}}}) as unknown as KubeObject

describe('apply', () => {
  let resources: Resources
  beforeEach(async () => {
    ;({resources} = await freshCluster())
  })
  const operation = async (object: KubeObject) => (await apply(resources, object)).operation

  test('created, unchanged, configured', async () => {
    expect(await operation(route('v1', [80, 20]))).toBe('created')
    expect(await operation(route('v1', [80, 20]))).toBe('unchanged')
    expect(await operation(route('v1', [50, 50]))).toBe('configured')
  })

  test('what refusals show is the strategic patch, as kubectl sends it', async () => {
    await apply(resources, service([{name: 'x', port: 1}, {name: 'y', port: 2}]))
    const plan = await planApply(resources, service([{name: 'x', port: 1}, {name: 'z', port: 3}]))
    expect(plan.type === 'configure' && plan.patch).toMatchObject({
      type: 'strategic',
      body: {spec: {'$setElementOrder/ports': [{port: 1}, {port: 3}], 'ports': [{name: 'z', port: 3}, {$patch: 'delete', port: 2}]}},
    })
  })

  test('a file in another version changes only the remembered file', async () => {
    await apply(resources, route('v1alpha3', [80, 20]))
    expect((await resources.get(virtualServiceType, 'default', 'v')).apiVersion).toBe('networking.istio.io/v1')
    expect(await operation(route('v1alpha3', [80, 20]))).toBe('unchanged')
    const {operation: word, object} = await apply(resources, route('v1', [80, 20]))
    expect({word, generation: object.metadata.generation}).toEqual({word: 'configured', generation: 1})
  })

  test('the file is remembered as compact JSON with sorted keys', async () => {
    const {object} = await apply(resources, route('v1', [1]))
    expect(object.metadata.annotations?.[LAST_APPLIED]).toBe(
      '{"apiVersion":"networking.istio.io/v1","kind":"VirtualService","metadata":{"annotations":{},"name":"v","namespace":"default"},"spec":{"gateways":["g"],"hosts":["*"],"tcp":[{"match":[{"port":31400}],"route":[{"destination":{"host":"a","subset":"v1"},"weight":1}]}]}}\n',
    )
  })

  test('what the file dropped goes, what others set stays', async () => {
    await apply(resources, service([{name: 'tcp', port: 9000}, {name: 'other', port: 9001}], {mine: '1', gone: '1'}))
    await resources.mutate(serviceType, {namespace: 'default', name: 'a'}, (live) => ({...live, metadata: {...live.metadata, labels: {...live.metadata.labels, theirs: '1'}}}))
    expect(await operation(service([{name: 'tcp', port: 9000}], {mine: '1'}))).toBe('configured')
    const live = await resources.get<Service>(serviceType, 'default', 'a')
    expect(live.metadata.labels).toEqual({mine: '1', theirs: '1'})
    expect(live.spec?.ports).toEqual([{name: 'tcp', port: 9000, protocol: 'TCP', targetPort: 9000}])
    expect(live.spec?.clusterIP).toMatch(/^127\./)
  })

  test('an object that was created otherwise gets the annotation, with a warning', async () => {
    await resources.create(service([{port: 9000}]))
    const {operation: word, warnings} = await apply(resources, service([{port: 9000}]))
    expect(word).toBe('configured')
    expect(warnings).toEqual([expect.stringMatching(/^resource services\/a is missing the kubectl\.kubernetes\.io\/last-applied-configuration annotation/)])
  })

  test('an old Deployment is stored as apps/v1 with the selector it meant', async () => {
    const template = {metadata: {labels: {app: 'a'}}, spec: {containers: [{name: 'c', image: 'tcp-echo-server:1', args: ['9000', 'one']}]}}
    const old = {apiVersion: 'extensions/v1beta1', kind: 'Deployment', metadata: {name: 'd', namespace: 'default'}, spec: {template}} as unknown as KubeObject
    expect(await operation(old)).toBe('created')
    expect(await resources.get<Deployment>(deploymentType, 'default', 'd')).toMatchObject({apiVersion: 'apps/v1', spec: {replicas: 1, selector: {matchLabels: {app: 'a'}}}})
    expect(await operation(old)).toBe('unchanged')
  })

  test('the plan says what would be done and does nothing', async () => {
    expect((await planApply(resources, route('v1', [1]))).type).toBe('create')
    expect(await resources.find(virtualServiceType, 'default', 'v')).toBeUndefined()
  })

  test('a refused change leaves the object as it was', async () => {
    await apply(resources, route('v1', [80, 20]))
    await expect(apply(resources, route('v1', [0, 0]))).rejects.toThrow('total destination weight = 0')
    expect(await operation(route('v1', [80, 20]))).toBe('unchanged')
  })
})
