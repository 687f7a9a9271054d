import {describe, expect, test} from 'vitest'
import type {BackendRef, L4Route} from '../../src/routing/objects/l4-route.js'
import {recordName, shiftedObjectOf} from '../../src/shift/record.js'
import {routeOf, toBackend, withRoute} from '../../src/shift/route-rules.js'
import {chooseRule, percentOn, setWeights, weightsOf} from '../../src/shift/set-weights.js'

const ref = (name: string, weight?: number): BackendRef => ({group: '', kind: 'Service', name, port: 9000, ...(weight !== undefined && {weight})})
const route = (...rules: BackendRef[][]): L4Route => ({
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'TCPRoute',
  metadata: {name: 'tcp-echo', namespace: 'default'},
  spec: {parentRefs: [{name: 'tcp-echo-gateway'}], rules: rules.map((backendRefs) => ({backendRefs}))},
})
const RULE = {rule: 0, from: 'echo-v1', to: 'echo-v2'}
const backends = (object: L4Route) => object.spec?.rules?.[0]?.backendRefs

describe('the weights of a TCPRoute', () => {
  test.each([
    ['a single backend becomes two', [ref('echo-v1', 1)], 20, [ref('echo-v1', 80), ref('echo-v2', 20)]],
    ['two backends share 100', [ref('echo-v1', 80), ref('echo-v2', 20)], 50, [ref('echo-v1', 50), ref('echo-v2', 50)]],
    ['a weight that is not written counts as 1', [ref('echo-v1'), ref('echo-v2')], 100, [ref('echo-v1', 0), ref('echo-v2', 2)]],
    ['a third backend keeps its share', [ref('echo-v1', 60), ref('echo-v2', 20), ref('echo-v3', 20)], 50, [ref('echo-v1', 40), ref('echo-v2', 40), ref('echo-v3', 20)]],
  ])('%s', (_, before, percent, expected) => {
    const after = setWeights(route(before), RULE, percent)
    expect(backends(after)).toEqual(expected)
    expect(percentOn(routeOf(after, 0), RULE)).toBeCloseTo(percent, 9)
  })

  test('what else a backend and the route have stays', () => {
    const foreign = {...ref('echo-v1', 1), namespace: 'other'}
    const after = setWeights(route([foreign], [ref('else')]), RULE, 20)
    expect(backends(after)).toEqual([{...foreign, weight: 80}, {...ref('echo-v2', 20), namespace: 'other'}])
    expect(after.spec?.rules?.[1]).toEqual({backendRefs: [ref('else')]})
    expect(after.spec?.parentRefs).toEqual([{name: 'tcp-echo-gateway'}])
  })

  test('the destinations of before can be put back', () => {
    const before = route([{...ref('echo-v1', 3), namespace: 'other'}])
    const after = withRoute(setWeights(before, RULE, 100), 0, routeOf(before, 0))
    expect(after).toEqual(before)
    expect(weightsOf(routeOf(before, 0))).toEqual({'echo-v1': 100})
  })

  test('a backend is written without what is the default', () => {
    expect(routeOf(route([{...ref('echo-v1', 3), namespace: 'other'}, ref('echo-v2')]), 0).map(toBackend)).toEqual([
      {name: 'echo-v1', namespace: 'other', port: 9000, weight: 3},
      {name: 'echo-v2', port: 9000, weight: 1},
    ])
  })
})

describe('choosing what to shift of a TCPRoute', () => {
  test('the heaviest backend is where traffic comes from', () => {
    expect(chooseRule(route([ref('echo-v1', 20), ref('echo-v3', 80)]), {to: 'echo-v2'})).toEqual({rule: 0, from: 'echo-v3', to: 'echo-v2'})
  })

  test.each([
    ['nothing to shift', route([]), {to: 'echo-v2'}, 'TCPRoute "tcp-echo" has no tcp route to shift'],
    ['an unknown source', route([ref('echo-v1')]), {from: 'x', to: 'echo-v2'}, 'TCPRoute "tcp-echo" has no tcp route to "x"'],
    ['itself', route([ref('echo-v1'), ref('echo-v2')]), {from: 'echo-v2', to: 'echo-v2'}, 'traffic cannot be shifted from "echo-v2" to itself'],
  ])('%s is refused', (_, object, choice, message) => {
    expect(() => chooseRule(object, choice)).toThrow(message)
  })

  test('its record is not that of a VirtualService of the same name', () => {
    const objects = [{virtualService: 'tcp-echo'}, {virtualService: 'tcp-echo', kind: 'TCPRoute'}] as const
    expect(objects.map(recordName)).toEqual(['tshift-shift-tcp-echo', 'tshift-tcproute-shift-tcp-echo'])
    expect(objects.map(recordName).map(shiftedObjectOf)).toEqual(objects)
  })
})
