import {beforeEach, describe, expect, test} from 'vitest'
import {podType, type Pod} from '../../src/api/kinds/pod.js'
import {serviceType, type Service} from '../../src/api/kinds/service.js'
import {namespaceType} from '../../src/api/kinds/namespace.js'
import type {KubeObject} from '../../src/api/object.js'
import {isAlreadyExists, isConflict, isNotFound} from '../../src/api/status-error.js'
import {deleteObject} from '../../src/resources/deletion.js'
import type {Resources} from '../../src/resources/resources.js'
import {freshCluster} from '../help/cluster.js'

const service = (name: string, spec: object = {}): Service =>
  ({apiVersion: 'v1', kind: 'Service', metadata: {name, namespace: 'default'}, spec: {ports: [{port: 9000}], selector: {app: name}, ...spec}}) as unknown as Service
const pod = (metadata: object = {}): Pod =>
  ({apiVersion: 'v1', kind: 'Pod', metadata: {namespace: 'default', name: 'p', ...metadata}, spec: {containers: [{name: 'a', image: 'busybox'}]}}) as unknown as Pod

describe('resources', () => {
  let resources: Resources
  beforeEach(async () => {
    ;({resources} = await freshCluster())
  })

  test('a created object is defaulted and stamped', async () => {
    const {object} = await resources.create(service('a'))
    expect(object.metadata).toMatchObject({uid: expect.stringMatching(/^uid-/), creationTimestamp: '2026-11-21T12:00:00Z', resourceVersion: expect.stringMatching(/^\d+$/)})
    expect(object.spec).toMatchObject({type: 'ClusterIP', clusterIP: expect.stringMatching(/^127\.128\.\d+\.\d+$/), ports: [{port: 9000, protocol: 'TCP', targetPort: 9000}]})
    await expect(resources.create(service('a'))).rejects.toSatisfy(isAlreadyExists)
  })

  test('a write that changes nothing writes nothing', async () => {
    const {object} = await resources.create(service('a'))
    const again = await resources.update(object)
    expect(again).toMatchObject({changed: false, object: {metadata: {resourceVersion: object.metadata.resourceVersion}}})
  })

  test('a stale resourceVersion is a conflict', async () => {
    const {object} = await resources.create(service('a'))
    await resources.update({...object, metadata: {...object.metadata, labels: {x: '1'}}})
    await expect(resources.update({...object, metadata: {...object.metadata, labels: {x: '2'}}})).rejects.toSatisfy(isConflict)
  })

  test('mutate goes on where others wrote in between', async () => {
    const {object} = await resources.create(service('a'))
    let raced = false
    await resources.mutate<Service>(serviceType, object.metadata, (live) => {
      if (!raced) {
        raced = true
        void resources.update({...live, metadata: {...live.metadata, labels: {other: '1'}}})
      }
      return {...live, metadata: {...live.metadata, labels: {...live.metadata.labels, mine: '1'}}}
    })
    const {metadata} = await resources.get<Service>(serviceType, 'default', 'a')
    expect(metadata.labels).toMatchObject({mine: '1'})
  })

  test('a binding is no change of what is wanted: the generation stays', async () => {
    const {object} = await resources.create(pod())
    const bound = (live: Pod): Pod => ({...live, spec: {...live.spec, nodeName: 'tshift'}})
    await resources.mutate<Pod>(podType, object.metadata, bound, {fieldManager: 'kube-scheduler', subresource: 'binding'})
    const {metadata, spec} = await resources.get<Pod>(podType, 'default', 'p', {managedFields: true})
    expect(spec.nodeName).toBe('tshift')
    expect(metadata.generation).toBe(1)
    expect(metadata.managedFields?.map(({manager}) => manager)).toContain('kube-scheduler')
  })

  test('the spec\'s writer does not touch the status, nor the other way round', async () => {
    const {object} = await resources.create(pod())
    await resources.updateStatus({...object, spec: undefined, status: {phase: 'Running'}} as unknown as Pod)
    const live = await resources.get<Pod>(podType, 'default', 'p')
    expect(live).toMatchObject({spec: {containers: [{name: 'a'}]}, status: {phase: 'Running'}})
    const {object: labelled} = await resources.update({...live, metadata: {...live.metadata, labels: {a: 'b'}}, status: {phase: 'Failed'}} as Pod)
    expect(labelled.status).toMatchObject({phase: 'Running'})
  })

  test('generateName gives a name', async () => {
    const {object} = await resources.create(pod({name: undefined, generateName: 'web-'}))
    expect(object.metadata.name).toMatch(/^web-[b-z2-9]{5}$/)
  })

  test('objects need a namespace that is there and stays', async () => {
    await expect(resources.create({...service('a'), metadata: {name: 'a', namespace: 'nons'}})).rejects.toThrow('namespaces "nons" not found')
    await resources.create({apiVersion: 'v1', kind: 'Namespace', metadata: {name: 'demo'}})
    await resources.create(pod({namespace: 'demo'}))
    const {object: bound} = await resources.mutate<Pod>(podType, {namespace: 'demo', name: 'p'}, (live) => ({...live, spec: {...live.spec, nodeName: 'tshift'}}) as Pod)
    expect(bound.spec?.nodeName).toBe('tshift')
    await deleteObject(resources, await resources.get(namespaceType, undefined, 'demo'), {nodeAlive: true})
    expect(await resources.get(namespaceType, undefined, 'demo')).toMatchObject({status: {phase: 'Terminating'}})
    await expect(resources.create({...service('a'), metadata: {name: 'a', namespace: 'demo'}})).rejects.toThrow(
      'services "a" is forbidden: unable to create new content in namespace demo because it is being terminated',
    )
  })

  test('without a gateway process a namespace goes at once, with all it holds', async () => {
    await resources.create({apiVersion: 'v1', kind: 'Namespace', metadata: {name: 'demo'}})
    await resources.create(pod({namespace: 'demo'}))
    await deleteObject(resources, await resources.get(namespaceType, undefined, 'demo'), {nodeAlive: false})
    await expect(resources.get(namespaceType, undefined, 'demo')).rejects.toSatisfy(isNotFound)
    expect((await resources.list(podType)).items).toEqual([])
  })

  test('the namespaces without which there is no cluster stay', async () => {
    const kept = await resources.get(namespaceType, undefined, 'default')
    await expect(deleteObject(resources, kept, {nodeAlive: false})).rejects.toThrow('namespaces "default" is forbidden: this namespace may not be deleted')
  })

  test('a dry run goes through everything and stores nothing', async () => {
    const {object} = await resources.create(service('a'), {dryRun: true})
    expect(object.spec?.clusterIP).toMatch(/^127\./)
    await expect(resources.get(serviceType, 'default', 'a')).rejects.toSatisfy(isNotFound)
    await expect(resources.create(service('b', {ports: []}), {dryRun: true})).rejects.toThrow('is invalid')
  })

  test('two Services never share a cluster address or a node port', async () => {
    const services: Service[] = []
    for (let i = 0; i < 30; i++) services.push((await resources.create(service(`s${i}`, {type: 'NodePort'}))).object)
    expect(new Set(services.map(({spec}) => spec?.clusterIP)).size).toBe(30)
    expect(new Set(services.map(({spec}) => spec?.ports?.[0]?.nodePort)).size).toBe(30)
  })

  test('a pod in a namespace with injection gets its sidecar when it is made', async () => {
    await resources.create({apiVersion: 'v1', kind: 'Namespace', metadata: {name: 'demo', labels: {'istio-injection': 'enabled'}}})
    const {object} = await resources.create(pod({namespace: 'demo'}))
    expect(object.spec?.containers.map(({name}) => name)).toEqual(['a', 'istio-proxy'])
  })

  test('a watch sees every change after the list', async () => {
    const {resourceVersion} = await resources.list(serviceType)
    const aborted = new AbortController()
    const seen: string[] = []
    const {object} = await resources.create(service('a'))
    await resources.update({...object, metadata: {...object.metadata, labels: {x: '1'}}})
    await deleteObject(resources, object, {nodeAlive: false})
    for await (const events of resources.watch<KubeObject>(serviceType, resourceVersion, {signal: aborted.signal})) {
      seen.push(...events.map(({type, object: {metadata}}) => `${type} ${metadata.name}`))
      if (seen.length === 3) break
    }
    expect(seen).toEqual(['added a', 'modified a', 'deleted a'])
  })

  test('Istio\'s webhook refuses in its own words', async () => {
    const spec = {hosts: ['*'], gateways: ['g'], tcp: [{route: [{destination: {host: 'a'}, weight: -1}, {destination: {host: 'b'}, weight: 2}]}]}
    const vs = {apiVersion: 'networking.istio.io/v1beta1', kind: 'VirtualService', metadata: {name: 'v', namespace: 'default'}, spec} as KubeObject
    await expect(resources.create(vs)).rejects.toThrow('admission webhook "validation.istio.io" denied the request: configuration is invalid: weight -1 < 0')
  })
})

test('an object goes although its controllers go on writing to it', async () => {
  const {resources} = await freshCluster()
  const {object} = await resources.create(service('a'))
  const writes = Array.from({length: 20}, (_, i) =>
    resources.mutate<Service>(serviceType, object.metadata, (live) => ({...live, metadata: {...live.metadata, labels: {i: String(i)}}})).catch(() => undefined),
  )
  await resources.remove(object)
  await Promise.all(writes)
  expect(await resources.find(serviceType, 'default', 'a')).toBeUndefined()
})
