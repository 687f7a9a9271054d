import {expect, test} from 'vitest'
import type {KubeObject} from '../../src/api/object.js'
import {deleteObject} from '../../src/resources/deletion.js'
import {typeInStore} from '../../src/resources/types-in-store.js'
import {freshCluster} from '../help/cluster.js'

const ROLE = {apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', rules: []}
const FINALIZERS = {finalizers: ['example.com/wait']}

test.each<[string, object, readonly (number | undefined)[]]>([
  ['a ConfigMap', {apiVersion: 'v1', kind: 'ConfigMap', data: {a: 'b'}}, [undefined, undefined, undefined]],
  ['a Secret', {apiVersion: 'v1', kind: 'Secret'}, [undefined, undefined, undefined]],
  ['a ServiceAccount', {apiVersion: 'v1', kind: 'ServiceAccount'}, [undefined, undefined, undefined]],
  ['a Role', ROLE, [undefined, undefined, undefined]],
  ['a NetworkPolicy', {apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', spec: {podSelector: {}}}, [1, 1, 2]],
  ['a custom object', {apiVersion: 'security.istio.io/v1', kind: 'PeerAuthentication', spec: {}}, [1, 1, 2]],
])('%s has its own generations when it is made, labelled and deleted', async (_, object, generations) => {
  const {resources} = await freshCluster()
  const wanted = {...object, metadata: {name: 'x', namespace: 'default', ...FINALIZERS}} as unknown as KubeObject
  const made = (await resources.create(wanted)).object
  const type = await typeInStore(resources, made)
  const labelled = (await resources.mutate(type, made.metadata, (live) => ({...live, metadata: {...live.metadata, labels: {a: 'b'}}}))).object
  await deleteObject(resources, labelled, {nodeAlive: false})
  const deleted = await resources.get(type, 'default', 'x')
  expect([made, labelled, deleted].map(({metadata}) => metadata.generation)).toEqual(generations)
})
