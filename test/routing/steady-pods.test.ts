import {expect, test} from 'vitest'
import type {Pod} from '../../src/routing/objects/pod.js'
import {steadyPods} from '../../src/routing/steady-pods.js'

const pod = (name: string, more: Partial<Pod> = {}): Pod => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {name, namespace: 'default', uid: `uid-${name}`, resourceVersion: '1', labels: {app: name}},
  spec: {containers: [{name: 'echo', ports: [{containerPort: 9000}]}]},
  status: {podIP: '127.0.0.9', conditions: [{type: 'Ready', status: 'True'}]},
  ...more,
})
const withRevision = (object: Pod, resourceVersion: string): Pod => ({...object, metadata: {...object.metadata, resourceVersion}})
const [a, b] = [pod('a'), pod('b')]

test.each<[string, Pod, boolean]>([
  ['a revision', withRevision(a, '2'), true],
  ['other conditions', pod('a', {status: {podIP: '127.0.0.9', conditions: [{type: 'Initialized', status: 'True'}, {type: 'Ready', status: 'True'}]}}), true],
  ['its readiness', pod('a', {status: {podIP: '127.0.0.9', conditions: [{type: 'Ready', status: 'False'}]}}), false],
  ['its address', pod('a', {status: {podIP: '127.0.0.8', conditions: [{type: 'Ready', status: 'True'}]}}), false],
  ['a label', {...a, metadata: {...a.metadata, labels: {app: 'other'}}}, false],
  ['its end', {...a, metadata: {...a.metadata, deletionTimestamp: '2026-11-21T12:00:00Z'}}, false],
  ['its containers', pod('a', {spec: {containers: [{name: 'istio-proxy'}]}}), false],
])('of a pod of which %s has changed, routing sees what it looks at', (_, changed, isSame) => {
  const steady = steadyPods()
  const before = steady([a, b])
  const after = steady([changed, b])
  expect(after === before).toBe(isSame)
  expect(after[0]).toBe(isSame ? a : changed)
  expect(after[1]).toBe(b)
})

test('pods that come and go are there and gone', () => {
  const steady = steadyPods()
  steady([a, b])
  expect(steady([b])).toEqual([b])
  expect(steady([withRevision(b, '2'), a])).toEqual([b, a])
})
