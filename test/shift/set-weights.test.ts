import {describe, expect, test} from 'vitest'
import type {RouteDestination, VirtualService} from '../../src/routing/objects/virtual-service.js'
import {routeOf} from '../../src/shift/route-rules.js'
import {chooseRule, percentOn, setWeights, weightsOf} from '../../src/shift/set-weights.js'

const to = (name: string, weight?: number): RouteDestination => ({destination: {host: 'tcp-echo', subset: name}, ...(weight === undefined ? {} : {weight})})
const service = (...routes: RouteDestination[][]): VirtualService => ({
  apiVersion: 'networking.istio.io/v1',
  kind: 'VirtualService',
  metadata: {name: 'tcp-echo', namespace: 'default'},
  spec: {tcp: routes.map((route, i) => ({match: [{port: 9000 + i}], route}))},
})
const RULE = {rule: 0, from: 'v1', to: 'v2'}

describe('setWeights', () => {
  test.each([
    ['a single destination becomes two', [to('v1')], 20, {v1: 80, v2: 20}],
    ['a single destination with a weight of its own keeps the sum of 100', [to('v1', 1)], 20, {v1: 80, v2: 20}],
    ['two destinations share 100', [to('v1', 80), to('v2', 20)], 50, {v1: 50, v2: 50}],
    ['everything leaves a weight of 0, not an absent destination', [to('v1', 80), to('v2', 20)], 100, {v1: 0, v2: 100}],
    ['relative weights are scaled until they are whole', [to('v1', 3), to('v2', 1)], 50, {v1: 2, v2: 2}],
    ['halves of a percent are scaled', [to('v1', 100), to('v2', 0)], 0.5, {v1: 199, v2: 1}],
    ['a third destination keeps its share', [to('v1', 60), to('v2', 20), to('v3', 20)], 50, {v1: 40, v2: 40, v3: 20}],
    ['a third destination keeps its share where whole numbers need another sum', [to('v1', 1), to('v3', 1)], 20, {v1: 4, v2: 1, v3: 5}],
    ['weights that add up to 0 become 100', [to('v1', 0), to('v2', 0)], 5, {v1: 95, v2: 5}],
  ])('%s', (_, route, percent, expected) => {
    const shifted = routeOf(setWeights(service(route), RULE, percent), 0)
    expect(weightsOf(shifted)).toEqual(expected)
    expect(percentOn(shifted, RULE)).toBeCloseTo(percent, 9)
  })

  test('the new destination is like the old one but for its subset, or its host where there are no subsets', () => {
    const withPort = {destination: {host: 'tcp-echo', subset: 'v1', port: {number: 9000}}}
    expect(routeOf(setWeights(service([withPort]), RULE, 20), 0)[1]).toEqual({destination: {host: 'tcp-echo', subset: 'v2', port: {number: 9000}}, weight: 20})
    const byHost = {destination: {host: 'blue', port: {number: 9000}}}
    expect(routeOf(setWeights(service([byHost]), {rule: 0, from: 'blue', to: 'green'}, 20), 0)[1]).toEqual({
      destination: {host: 'green', port: {number: 9000}},
      weight: 20,
    })
  })

  test('other rules and fields stay', () => {
    const before = service([to('v1')], [to('v1', 1), to('v2', 1)])
    const after = setWeights(before, RULE, 20)
    expect(after.spec?.tcp?.[1]).toBe(before.spec?.tcp?.[1])
    expect({...after, spec: undefined}).toEqual({...before, spec: undefined})
  })

  test('a pair without traffic beside one with is refused', () => {
    expect(() => setWeights(service([to('v1', 0), to('v3', 10)]), RULE, 20)).toThrow('neither "v1" nor "v2" has any traffic')
  })
})

describe('chooseRule', () => {
  test.each([
    ['the heaviest destination is where traffic comes from', [[to('v1', 20), to('v3', 80)]], {to: 'v2'}, {rule: 0, from: 'v3', to: 'v2'}],
    ['the rule that has it', [[to('v1')], [to('v3')]], {from: 'v3', to: 'v2'}, {rule: 1, from: 'v3', to: 'v2'}],
    ['a port chooses between rules', [[to('v1')], [to('v1')]], {to: 'v2', port: 9001}, {rule: 1, from: 'v1', to: 'v2'}],
  ])('%s', (_, routes, choice, expected) => {
    expect(chooseRule(service(...routes), choice)).toEqual(expected)
  })

  test.each([
    ['no rule', [], {to: 'v2'}, 'virtual service "tcp-echo" has no tcp route to shift'],
    ['an unknown source', [[to('v1')]], {from: 'v9', to: 'v2'}, 'virtual service "tcp-echo" has no tcp route to "v9"'],
    ['two rules', [[to('v1')], [to('v1')]], {to: 'v2'}, 'virtual service "tcp-echo" has 2 tcp routes that could be shifted'],
    ['itself', [[to('v1'), to('v2')]], {from: 'v2', to: 'v2'}, 'traffic cannot be shifted from "v2" to itself'],
    ['only the destination', [[to('v2')]], {to: 'v2'}, 'virtual service "tcp-echo" has no tcp route to shift'],
  ])('%s is refused', (_, routes, choice, message) => {
    expect(() => chooseRule(service(...routes), choice)).toThrow(message)
  })
})
