import {beforeEach, describe, expect, test} from 'vitest'
import {configMapType} from '../../src/api/kinds/config-map.js'
import {namespaceType} from '../../src/api/kinds/namespace.js'
import type {KubeObject, OwnerReference} from '../../src/api/object.js'
import {settle} from '../../src/daemon/lifecycle/settle.js'
import {deleteObject, type DeleteOptions} from '../../src/resources/deletion.js'
import type {Resources} from '../../src/resources/resources.js'
import {freshCluster} from '../help/cluster.js'

const map = (name: string, metadata: object = {}): KubeObject => ({apiVersion: 'v1', kind: 'ConfigMap', metadata: {name, namespace: 'default', ...metadata}})
const owned = (name: string, {metadata: {name: owner, uid}}: KubeObject, more: Partial<OwnerReference> = {}, metadata: object = {}) =>
  map(name, {ownerReferences: [{apiVersion: 'v1', kind: 'ConfigMap', name: owner, uid: uid ?? '', ...more}], ...metadata})

describe('deleting', () => {
  let resources: Resources
  beforeEach(async () => {
    ;({resources} = await freshCluster())
  })
  const remove = (object: KubeObject, options: Partial<DeleteOptions> = {}) => deleteObject(resources, object, {nodeAlive: false, ...options})
  const find = (name: string) => resources.find(configMapType, 'default', name)
  const names = async () => (await resources.list(configMapType, {namespace: 'default'})).items.map(({metadata}) => metadata.name)

  test('an object that a finalizer holds is marked, takes no other finalizers, and goes with its last one', async () => {
    const {object} = await resources.create(map('a', {finalizers: ['x.dev/one']}))
    await remove(object)
    expect((await find('a'))?.metadata).toMatchObject({deletionTimestamp: '2026-11-21T12:00:00Z', deletionGracePeriodSeconds: 0})
    const ref = {namespace: 'default', name: 'a'}
    await expect(resources.patch(configMapType, ref, {type: 'merge', body: {metadata: {finalizers: ['x.dev/one', 'x.dev/two']}}})).rejects.toThrow(
      'ConfigMap "a" is invalid: metadata.finalizers: Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers []string{"x.dev/two"}',
    )
    await resources.patch(configMapType, ref, {type: 'merge', body: {metadata: {finalizers: null}}})
    expect(await find('a')).toBeUndefined()
  })

  test('clients cannot mark an object as deleted by themselves', async () => {
    const {object} = await resources.create(map('a', {deletionTimestamp: '2026-11-21T12:00:00Z'}))
    const {changed} = await resources.patch(configMapType, object.metadata, {type: 'merge', body: {metadata: {deletionTimestamp: '2026-11-21T12:00:00Z', uid: null}}})
    expect([object.metadata.deletionTimestamp, changed]).toEqual([undefined, false])
  })

  test('dependants follow in the background', async () => {
    const {object} = await resources.create(map('a'))
    await resources.create(owned('b', object))
    await remove(object)
    expect(await names()).toEqual(['b'])
    await settle(resources)
    expect(await names()).toEqual([])
  })

  test('dependants go first in the foreground, and those that block hold their owner', async () => {
    const {object} = await resources.create(map('a'))
    await resources.create(owned('b', object, {blockOwnerDeletion: true}, {finalizers: ['x.dev/slow']}))
    await resources.create(owned('c', object))
    await remove(object, {propagation: 'foreground'})
    await settle(resources)
    expect([await names(), (await find('a'))?.metadata.finalizers]).toEqual([['a', 'b'], ['foregroundDeletion']])
    await resources.patch(configMapType, {namespace: 'default', name: 'b'}, {type: 'json', body: [{op: 'remove', path: '/metadata/finalizers'}]})
    await settle(resources)
    expect(await names()).toEqual([])
  })

  test('dependants are let go as orphans', async () => {
    const {object} = await resources.create(map('a'))
    await resources.create(owned('b', object))
    await remove(object, {propagation: 'orphan'})
    await settle(resources)
    expect([await names(), (await find('b'))?.metadata.ownerReferences]).toEqual([['b'], undefined])
  })

  test.each<[string, DeleteOptions['preconditions'], string]>([
    ['uid', {uid: 'other'}, 'Operation cannot be fulfilled on ConfigMap "a": the UID in the precondition (other) does not match the UID in record'],
    ['version', {resourceVersion: '1'}, 'Operation cannot be fulfilled on ConfigMap "a": the ResourceVersion in the precondition (1) does not match the ResourceVersion in record'],
  ])('of another %s than was asked for is refused', async (_, preconditions = {}, message) => {
    const {object} = await resources.create(map('a'))
    await expect(remove(object, {preconditions})).rejects.toThrow(message)
    expect(await names()).toEqual(['a'])
  })

  test('a namespace takes nothing new while it is being emptied', async () => {
    const {object} = await resources.create({apiVersion: 'v1', kind: 'Namespace', metadata: {name: 'n'}})
    await resources.create({...map('held'), metadata: {name: 'held', namespace: 'n', finalizers: ['x.dev/one']}})
    await remove(object)
    expect(await resources.get(namespaceType, undefined, 'n')).toMatchObject({status: {phase: 'Terminating'}})
    await expect(resources.create({...map('new'), metadata: {name: 'new', namespace: 'n'}})).rejects.toThrow(
      'configmaps "new" is forbidden: unable to create new content in namespace n because it is being terminated',
    )
    await resources.patch(configMapType, {namespace: 'n', name: 'held'}, {type: 'merge', body: {metadata: {finalizers: []}}})
    await settle(resources)
    expect(await resources.find(namespaceType, undefined, 'n')).toBeUndefined()
  })

  test('a write for another object of the name is refused', async () => {
    const {object} = await resources.create(map('a'))
    const other = {...object, metadata: {...object.metadata, uid: 'other'}}
    await expect(resources.update(other)).rejects.toThrow('Precondition failed: UID in precondition: other, UID in object meta: ')
  })
})
