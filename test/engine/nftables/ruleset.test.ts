import {mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {expect, test} from 'vitest'
import {type KernelListener, kernelPlan, leavesOf} from '../../../src/engine/nftables/kernel-plan.js'
import {Leaves} from '../../../src/engine/nftables/leaves.js'
import {type Ruleset, rulesetOf} from '../../../src/engine/nftables/ruleset.js'
import {transactionOf} from '../../../src/engine/nftables/transaction.js'
import {portBindings} from '../../../src/engine/listening/port-binding.js'
import type {Endpoint, Routing} from '../../../src/routing/routing.js'
import {type ClusterShape, type ListenerShape, routingOf} from '../routing-of.js'

const GOLDEN = path.resolve(import.meta.dirname, '../../golden/nft')
const TAG = 0x5a3

/** Rulesets one after the other, as one engine makes them. */
function kernel({guardsLocalnet = false, address = '127.0.0.1'} = {}): (routing: Routing) => Ruleset {
  const leaves = new Leaves()
  let last: {readonly plan: readonly KernelListener[]; readonly rules?: Ruleset} = {plan: []}
  return (routing) => {
    const plan = kernelPlan(routing, portBindings(routing, address))
    for (const {name} of last.plan) if (plan.every((listener) => listener.name !== name)) leaves.renew(name, [])
    for (const listener of plan) leaves.renew(listener.name, leavesOf(listener))
    const rules = rulesetOf(plan, {tag: TAG, numberOf: (leaf) => leaves.numberOf(leaf), guardsLocalnet}, last.rules)
    last = {plan, rules}
    return rules
  }
}

/** UPDATE_GOLDEN=1 rewrites; read the diff. */
function expectGolden(name: string, text: string): void {
  const file = path.join(GOLDEN, `${name}.nft`)
  mkdirSync(GOLDEN, {recursive: true})
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(file, text)
  expect(text).toBe(readFileSync(file, 'utf8'))
}

const at = (...hosts: readonly string[]): Endpoint[] => hosts.map((address) => ({address, port: 9000}))
const V1: ClusterShape = {endpoints: at('127.64.0.1', '127.64.0.2')}
const V2: ClusterShape = {endpoints: at('127.64.0.3')}
const weighted = (v1: number, v2: number): ListenerShape => ({port: 31400, aliases: [32000], to: {v1, v2}})

test.each<[string, readonly ListenerShape[], Readonly<Record<string, ClusterShape>>, {guardsLocalnet?: boolean; address?: string}?]>([
  ['weights', [weighted(80, 20)], {v1: V1, v2: V2}],
  ['nowhere', [{port: 31400, to: {empty: 50, gone: 50}}], {empty: {endpoints: []}}],
  ['in-turn', [{port: 31400, to: {v1: 1}}], {v1: {...V1, loadBalancer: 'ROUND_ROBIN'}}],
  ['weighted-endpoints', [{port: 31400, to: {v1: 1}}], {v1: {endpoints: at('127.64.0.1', '127.64.0.2').map((endpoint, i) => ({...endpoint, weight: i + 1}))}}],
  ['ipv6', [{port: 31400, bind: '::1', to: {v1: 1}}], {v1: {endpoints: at('::1')}}],
  ['clients-from-outside', [weighted(99, 1)], {v1: V1, v2: V2}, {guardsLocalnet: true, address: '0.0.0.0'}],
  [
    'by-source',
    [{port: 9000, bind: '127.96.0.1', scope: 'mesh', to: {}, chains: [{match: {sources: ['10.0.0.0/8', '10.1.1.1']}, to: {v1: 1}}, {match: {sources: ['10.1.0.0/16', '10.1.1.1']}, to: {v2: 1}}]}],
    {v1: V1, v2: V2},
  ],
  ['for-all-others', [{port: 9000, to: {}, chains: [{to: {v1: 1}}, {match: {sources: ['fd00::/8']}, to: {v2: 1}}]}], {v1: V1, v2: V2}],
])('the kernel is told of %s', (name, listeners, clusters, options) => {
  expectGolden(name, transactionOf('tshift_0', undefined, kernel(options)(routingOf(listeners, clusters))))
})

test('a change of weights touches that listener alone, and its connections get new marks', () => {
  const next = kernel()
  const other: ListenerShape = {port: 31401, to: {v2: 1}}
  const before = next(routingOf([weighted(80, 20), other], {v1: V1, v2: V2}))
  expectGolden('change-of-weights', transactionOf('tshift_0', before, next(routingOf([weighted(70, 30), other], {v1: V1, v2: V2}))))
})

test('a change of endpoints replaces a draw, and what stays keeps its mark', () => {
  const next = kernel()
  const before = next(routingOf([weighted(80, 20)], {v1: V1, v2: V2}))
  expectGolden('change-of-endpoints', transactionOf('tshift_0', before, next(routingOf([weighted(80, 20)], {v1: {endpoints: at('127.64.0.1', '127.64.0.9')}, v2: V2}))))
})

test('a listener that goes takes its chains along, and nothing is done where nothing changed', () => {
  const next = kernel()
  const before = next(routingOf([weighted(80, 20)], {v1: V1, v2: V2}))
  expect(transactionOf('tshift_0', before, next(routingOf([weighted(80, 20)], {v1: V1, v2: V2})))).toBe('')
  expectGolden('removal', transactionOf('tshift_0', before, next(routingOf([], {}))))
})

test('names of listeners cannot say anything else to nft', () => {
  const [listener] = routingOf([{port: 1, to: {v1: 1}}], {v1: V2}).listeners
  const routing = {...routingOf([], {v1: V2}), listeners: [{...listener!, name: 'a b;{}\n"é-'}]}
  const parts = [...kernel()(routing).listeners.values()]
  expect(parts.map(({chains}) => [...chains.keys()])).toEqual([['to/a-20-b-3b--7b--7d--a--22--e9--2d-']])
})
