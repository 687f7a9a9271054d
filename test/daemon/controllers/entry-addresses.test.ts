import {expect, test} from 'vitest'
import {planEntryAddresses} from '../../../src/daemon/controllers/entry-addresses.js'
import {worldOf} from '../../../src/daemon/world.js'
import type {ServiceEntry} from '../../../src/routing/objects/service-entry.js'

const NODE = {apiVersion: 'v1', kind: 'Node', metadata: {name: 'tshift', annotations: {'tshift.dev/service-range': '127.128.0.0/16'}}}
const API = {apiVersion: 'networking.istio.io/v1', kind: 'ServiceEntry'}
const entry = (name: string, spec: NonNullable<ServiceEntry['spec']>, rest: Partial<ServiceEntry> = {}): ServiceEntry => ({...API, metadata: {name, namespace: 'default'}, spec, ...rest})
const plan = (...entries: readonly ServiceEntry[]) =>
  planEntryAddresses(worldOf([NODE, ...entries])).map(({object, type}) => [type, object.metadata.name, (object as ServiceEntry).status?.addresses])

test('every host of a ServiceEntry without addresses is given one of this machine, the same each time', () => {
  const db = entry('db', {hosts: ['a.example', '*.example', 'b.example'], resolution: 'STATIC'})
  const first = plan(db)
  expect(first).toEqual([['status', 'db', [{host: 'a.example', value: expect.stringMatching(/^127\.192\.\d+\.\d+$/)}, {host: 'b.example', value: expect.stringMatching(/^127\.192\.\d+\.\d+$/)}]]])
  expect(plan(db)).toEqual(first)
})

test('none is given to who has some, can have none, or declined', () => {
  const label = {metadata: {name: 'd', namespace: 'default', labels: {'networking.istio.io/enable-autoallocate-ip': 'False'}}}
  const hosts = ['a.example']
  const given = {status: {addresses: [{host: 'a.example', value: '240.240.0.1'}]}}
  expect(plan(entry('a', {hosts, addresses: ['10.0.0.1'], resolution: 'DNS'}), entry('n', {hosts}), entry('d', {hosts, resolution: 'DNS'}, label), entry('g', {hosts, resolution: 'DNS'}, given))).toEqual([])
})

test('what was given stays, and is given to nobody else', () => {
  const hosts = ['a.example']
  const drawn = (plan(entry('a', {hosts, resolution: 'DNS'})) as [string, string, {value: string}[]][])[0]?.[2][0]?.value
  const holder = entry('b', {hosts: ['b.example', 'c.example'], resolution: 'DNS'}, {status: {addresses: [{host: 'b.example', value: drawn ?? ''}]}})
  const [a, b] = plan(entry('a', {hosts, resolution: 'DNS'}), holder) as [string, string, {host: string; value: string}[]][]
  expect(a?.[2][0]?.value).not.toBe(drawn)
  expect(b?.[2].map(({host}) => host)).toEqual(['b.example', 'c.example'])
  expect(b?.[2][0]?.value).toBe(drawn)
})
