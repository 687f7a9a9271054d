import {expect, test} from 'vitest'
import {freshCluster} from '../help/cluster.js'

const CONFIG = {apiVersion: 'v1', kind: 'Service', metadata: {name: 'x', namespace: 'default'}, spec: {ports: [{port: 1}]}}

test('an object\'s origin is kept beside it and goes with it', async () => {
  const {resources} = await freshCluster()
  const {object} = await resources.create(CONFIG)
  await resources.origins.remember(object, {file: '/a.yaml', line: 3})
  await resources.origins.remember(object, {file: '/b.yaml', line: 5})
  expect(await resources.origins.find(object)).toEqual({file: '/b.yaml', line: 5})
  expect((await resources.listAll()).items.filter(({metadata}) => metadata.name === 'x')).toEqual([object])
  await resources.remove(object)
  expect(await resources.origins.find(object)).toBeUndefined()
})

test('another object of the same name did not come from there', async () => {
  const {resources} = await freshCluster()
  const {object} = await resources.create(CONFIG)
  await resources.origins.remember(object, {file: '/a.yaml', line: 3})
  expect(await resources.origins.find({...object, metadata: {...object.metadata, uid: 'another'}})).toBeUndefined()
})

test('what came from nowhere that can be read again takes the place of what was known', async () => {
  const {resources} = await freshCluster()
  const {object} = await resources.create(CONFIG)
  await resources.origins.remember(object, {file: '/a.yaml', line: 3})
  await resources.origins.remember(object, undefined)
  expect(await resources.origins.find(object)).toBeUndefined()
})
