import {mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import path from 'node:path'
import {afterEach, beforeEach, expect, test} from 'vitest'
import type {PersistentVolumeClaim} from '../../../src/api/kinds/persistent-volume-claim.js'
import type {Pod} from '../../../src/api/kinds/pod.js'
import {ClaimDirectories} from '../../../src/daemon/pods/claim-directories.js'

let root: string
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'tshift-test-claims-'))
})
afterEach(() => rmSync(root, {recursive: true, force: true}))

const claim = (name: string, uid: string) => ({metadata: {name, namespace: 'default', uid}}) as unknown as PersistentVolumeClaim
const podWith = (claimName: string) =>
  ({metadata: {name: 'web-0', namespace: 'default'}, spec: {volumes: [{name: 'data', persistentVolumeClaim: {claimName}}]}}) as unknown as Pod
const make = (...names: readonly string[]) => names.forEach((name) => mkdirSync(path.join(root, name)))

test('a volume is kept as long as it is claimed, and its like of another uid is not', async () => {
  make('default_data_1', 'default_data_2', 'other_data_1')
  await new ClaimDirectories(root).sync({volumeClaims: [claim('data', '1')], pods: []})
  expect(readdirSync(root)).toEqual(['default_data_1'])
})

test('a volume whose claim is gone goes when no pod uses it any more', async () => {
  make('default_data_1')
  const directories = new ClaimDirectories(root)
  const none: readonly PersistentVolumeClaim[] = []
  await directories.sync({volumeClaims: none, pods: [podWith('data')]})
  expect(readdirSync(root)).toEqual(['default_data_1'])
  await directories.sync({volumeClaims: none, pods: []})
  expect(readdirSync(root)).toEqual([])
})

test('a volume that is claimed while others are swept is kept', async () => {
  make('default_old_1')
  const directories = new ClaimDirectories(root)
  const sweeping = directories.sync({volumeClaims: [], pods: []})
  const later = directories.sync({volumeClaims: [claim('data', '1')], pods: [podWith('data')]})
  make('default_data_1')
  await Promise.all([sweeping, later])
  expect(readdirSync(root)).toEqual(['default_data_1'])
})

test('a sweep that fails is no reason not to sweep again', async () => {
  const file = path.join(root, 'file')
  writeFileSync(file, '')
  const directories = new ClaimDirectories(file)
  await expect(directories.sync({volumeClaims: [], pods: []})).rejects.toThrow('ENOTDIR')
  rmSync(file)
  await directories.sync({volumeClaims: [], pods: []})
})

test('where nothing was ever claimed, there is nothing to sweep', async () => {
  await new ClaimDirectories(path.join(root, 'claims')).sync({volumeClaims: [], pods: []})
})
