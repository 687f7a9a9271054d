import {describe, expect, test} from 'vitest'
import type {KubeObject} from '../../../src/api/object.js'
import type {Action} from '../../../src/daemon/action.js'
import {planEndpoints} from '../../../src/daemon/controllers/endpoints.js'
import {planGarbage} from '../../../src/daemon/controllers/garbage.js'
import {planNamespaces} from '../../../src/daemon/controllers/namespaces.js'
import {planPending} from '../../../src/daemon/controllers/pending.js'
import {planReplicaSets} from '../../../src/daemon/controllers/replica-sets.js'
import {worldOf} from '../../../src/daemon/world.js'
import {aPod, aReplicaSet, aService, ownedBy} from '../../help/builders.js'

const NOW = Date.parse('2026-11-21T12:00:00Z')
const summary = (actions: readonly Action[]) => actions.map((action) => `${action.type} ${action.object.kind} ${action.object.metadata.name ?? action.object.metadata.generateName}`)

describe('replica sets', () => {
  test('missing pods are made, surplus ones go: not ready first', () => {
    const three = aReplicaSet({replicas: 3})
    expect(summary(planReplicaSets(worldOf([three]), NOW))).toEqual(['create Pod tcp-echo-v1-abc-', 'create Pod tcp-echo-v1-abc-', 'create Pod tcp-echo-v1-abc-', 'status ReplicaSet tcp-echo-v1-abc'])
    const one = aReplicaSet({replicas: 1})
    const pods = [aPod({name: 'a'}), aPod({name: 'b', ready: false})].map((pod) => ownedBy(pod, one))
    expect(summary(planReplicaSets(worldOf([one, ...pods]), NOW))).toEqual(['delete Pod b', 'status ReplicaSet tcp-echo-v1-abc'])
  })

  test('a name in the template is not the pods\' name', () => {
    const named = aReplicaSet({replicas: 1})
    const template = {...named.spec.template, metadata: {name: 'foo', labels: {a: 'b'}}}
    const [made] = planReplicaSets(worldOf([{...named, spec: {...named.spec, template}} as never]), NOW)
    expect(made?.object.metadata).toMatchObject({generateName: 'tcp-echo-v1-abc-', labels: {a: 'b'}})
    expect(made?.object.metadata.name).toBeUndefined()
  })

  test('a pod on its way out is not counted', () => {
    const replicaSet = aReplicaSet({replicas: 1})
    const going = ownedBy(aPod({metadata: {deletionTimestamp: '2026-11-21T00:00:00Z'}}), replicaSet)
    expect(summary(planReplicaSets(worldOf([replicaSet, going]), NOW))[0]).toBe('create Pod tcp-echo-v1-abc-')
  })
})

describe('endpoints', () => {
  const endpointsOf = (objects: readonly KubeObject[]) => planEndpoints(worldOf(objects)).filter(({object}) => object.kind === 'EndpointSlice')

  test('ready and unready pods are told apart; pods without an address are not listed', () => {
    const pods = [aPod({name: 'a'}), aPod({name: 'b', ready: false, ip: '127.64.0.2'})]
    const [slice] = endpointsOf([aService(), ...pods])
    expect(slice?.object).toMatchObject({
      metadata: {labels: {'kubernetes.io/service-name': 'tcp-echo'}},
      endpoints: [
        {addresses: ['127.64.0.1'], conditions: {ready: true}, targetRef: {kind: 'Pod', name: 'a'}},
        {addresses: ['127.64.0.2'], conditions: {ready: false}},
      ],
      ports: [{name: 'tcp', port: 9000, protocol: 'TCP'}],
    })
  })

  test('a pod on its way out still serves and is sent nothing; the older object has it no more', () => {
    const going = aPod({metadata: {deletionTimestamp: '2026-11-21T00:00:00Z'}})
    const made = planEndpoints(worldOf([aService(), going])).map(({object}) => object)
    expect(made).toMatchObject([{endpoints: [{conditions: {ready: false, serving: true, terminating: true}}]}, {kind: 'Endpoints', subsets: []}])
  })

  test('a Service may want its pods published before they are ready', () => {
    const [slice] = endpointsOf([aService({spec: {publishNotReadyAddresses: true}}), aPod({ready: false})])
    expect(slice?.object).toMatchObject({endpoints: [{conditions: {ready: true, serving: false, terminating: false}}]})
  })

  test('a named targetPort is looked up in each pod', () => {
    const service = aService({spec: {ports: [{name: 'x', port: 80, protocol: 'TCP', targetPort: 'tcp'}]}})
    expect(endpointsOf([service, aPod()])[0]?.object).toMatchObject({ports: [{name: 'x', port: 9000}]})
  })

  test('pods whose ports lie elsewhere get a slice of their own', () => {
    const moved = aPod({name: 'b', metadata: {annotations: {'tshift.dev/host-ports': '{"9000":51234}'}}})
    const slices = endpointsOf([aService(), aPod(), moved])
    expect(slices.map(({object}) => (object as unknown as {ports: {port: number}[]}).ports[0]?.port).sort()).toEqual([51234, 9000])
    expect(new Set(slices.map(({object}) => object.metadata.name)).size).toBe(2)
  })

  test('what is as it should be is left alone', () => {
    const objects = [aService(), aPod()]
    const made = planEndpoints(worldOf(objects)).map(({object}) => object)
    expect(planEndpoints(worldOf([...objects, ...made]))).toEqual([])
  })
})

describe('the rest', () => {
  test('objects whose owner is gone go, events after an hour', () => {
    const orphan = ownedBy(aPod(), aReplicaSet())
    const event = (lastTimestamp: string) => ({apiVersion: 'v1', kind: 'Event', metadata: {name: lastTimestamp, namespace: 'default'}, lastTimestamp}) as unknown as KubeObject
    const actions = planGarbage(worldOf([orphan, aPod({name: 'free'}), event('2026-11-21T10:00:00Z'), event('2026-11-21T11:30:00Z')]), NOW)
    expect(summary(actions)).toEqual(['delete Pod p1', 'delete Event 2026-11-21T10:00:00Z'])
  })

  test('every namespace has a default account; an empty terminating one goes', () => {
    const namespace = (name: string, metadata = {}): KubeObject => ({apiVersion: 'v1', kind: 'Namespace', metadata: {name, ...metadata}})
    const gone = namespace('b', {deletionTimestamp: '2026-11-21T00:00:00Z'})
    expect(summary(planNamespaces(worldOf([namespace('a'), gone])))).toEqual(['create ServiceAccount default', 'delete Namespace b'])
  })

  test('without a gateway every pod is Pending and says what to do', () => {
    const actions = planPending(worldOf([aPod()]), NOW)
    expect(summary(actions)).toEqual(['update Pod p1', 'status Pod p1'])
    expect(actions[1]?.object).toMatchObject({status: {phase: 'Pending', conditions: [{reason: 'Unschedulable', message: expect.stringContaining('tshift gateway start')}]}})
    expect(planPending(worldOf([actions[1]?.object as KubeObject]), NOW)).toEqual([])
  })
})
