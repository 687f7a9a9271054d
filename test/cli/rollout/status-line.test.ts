import {describe, expect, test} from 'vitest'
import {deploymentType} from '../../../src/api/kinds/deployment.js'
import {replicaSetType} from '../../../src/api/kinds/replica-set.js'
import type {KubeObject} from '../../../src/api/object.js'
import type {ResourceType} from '../../../src/api/resource-type.js'
import {statusLine} from '../../../src/cli/rollout/status-line.js'
import {aDeployment} from '../../help/builders.js'

const ANNOTATED = {annotations: {'deployment.kubernetes.io/revision': '2'}}
const counts = (updatedReplicas: number, replicas: number, availableReplicas: number) => ({updatedReplicas, replicas, availableReplicas, observedGeneration: 1})
const lineOf = (status: object, revision = 0) => statusLine(deploymentType, aDeployment({replicas: 3, status, metadata: ANNOTATED}), revision)

describe('the line for a Deployment', () => {
  test.each([
    ['not yet seen by the controller', {observedGeneration: 0}, 'Waiting for deployment spec update to be observed...'],
    ['not all made', counts(1, 4, 3), 'Waiting for deployment "tcp-echo-v1" rollout to finish: 1 out of 3 new replicas have been updated...'],
    ['old ones left', counts(3, 4, 3), 'Waiting for deployment "tcp-echo-v1" rollout to finish: 1 old replicas are pending termination...'],
    ['not all available', counts(3, 3, 1), 'Waiting for deployment "tcp-echo-v1" rollout to finish: 1 of 3 updated replicas are available...'],
  ])('%s', (_, status, text) => expect(lineOf(status)).toEqual({text, isDone: false}))

  test('done', () => expect(lineOf(counts(3, 3, 3))).toEqual({text: 'deployment "tcp-echo-v1" successfully rolled out', isDone: true}))

  test('a deadline that was exceeded fails it', () => {
    const conditions = [{type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded'}]
    expect(() => lineOf({...counts(1, 4, 3), conditions})).toThrow('deployment "tcp-echo-v1" exceeded its progress deadline')
  })

  test('another revision than the one waited for fails it', () => {
    expect(lineOf(counts(3, 3, 3), 2).isDone).toBe(true)
    expect(() => lineOf(counts(3, 3, 3), 1)).toThrow('desired revision (1) is different from the running revision (2)')
  })
})

describe('the line for others', () => {
  const apps = (kind: string, spec: object, status: object): readonly [ResourceType, KubeObject] => [
    {...replicaSetType, kind},
    {apiVersion: 'apps/v1', kind, metadata: {name: 'x', generation: 1}, spec, status} as KubeObject,
  ]
  test.each([
    ['StatefulSet', {replicas: 2}, {}, 'Waiting for statefulset spec update to be observed...'],
    ['StatefulSet', {replicas: 2}, {observedGeneration: 1, readyReplicas: 1}, 'Waiting for 1 pods to be ready...'],
    ['StatefulSet', {replicas: 2}, {observedGeneration: 1, readyReplicas: 2, updatedReplicas: 1, currentRevision: 'a', updateRevision: 'b'}, 'waiting for statefulset rolling update to complete 1 pods at revision b...'],
    ['StatefulSet', {replicas: 2}, {observedGeneration: 1, readyReplicas: 2, replicas: 2, currentRevision: 'b', updateRevision: 'b'}, 'statefulset rolling update complete 2 pods at revision b...'],
    ['DaemonSet', {}, {observedGeneration: 1, desiredNumberScheduled: 2, updatedNumberScheduled: 1}, 'Waiting for daemon set "x" rollout to finish: 1 out of 2 new pods have been updated...'],
    ['DaemonSet', {}, {observedGeneration: 1, desiredNumberScheduled: 1, updatedNumberScheduled: 1, numberAvailable: 1}, 'daemon set "x" successfully rolled out'],
  ])('%s %j %j', (kind, spec, status, text) => expect(statusLine(...apps(kind, spec, status), 0).text).toBe(text))

  test('refusals name the kind', () => {
    expect(() => statusLine(...apps('ReplicaSet', {}, {}), 0)).toThrow('no status viewer has been implemented for ReplicaSet.apps')
    expect(() => statusLine(...apps('StatefulSet', {updateStrategy: {type: 'OnDelete'}}, {}), 0)).toThrow('rollout status is only available for RollingUpdate strategy type')
  })
})
