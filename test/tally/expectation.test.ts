import {describe, expect, test} from 'vitest'
import {UserError} from '../../src/base/user-error.js'
import type {TcpRoute} from '../../src/routing/routing.js'
import {expectationFromRoute, parseExpectation} from '../../src/tally/expectation.js'

function userError(act: () => unknown): {message: string; hint: string | undefined; exitCode: number} {
  try {
    act()
  } catch (error) {
    if (error instanceof UserError) return {message: error.message, hint: error.hint, exitCode: error.exitCode}
    throw error
  }
  throw new Error('no error')
}

describe('parseExpectation', () => {
  test.each([
    ['one=80,two=20', [['one', 80], ['two', 20]]],
    [' one = 80% , two=20 %', [['one', 80], ['two', 20]]],
    ['one=1', [['one', 1]]],
    ['one=100,two=0', [['one', 100], ['two', 0]]],
    ['a=0.5,b=.25,c=1e0', [['a', 0.5], ['b', 0.25], ['c', 1]]],
  ])('%j', (text, shares) => {
    expect(parseExpectation(text)).toEqual({source: '--expect', shares: shares.map(([name, weight]) => ({name, answers: [name], weight}))})
  })

  const form = 'write answers and weights as one=80,two=20'
  test.each([
    ['', 'the expectation is empty', form],
    ['one', 'cannot read "one" as answer=weight', form],
    ['one=80,', 'cannot read "" as answer=weight', form],
    ['=80', 'cannot read "=80" as answer=weight', form],
    ['one=', 'the weight "" of "one" is not a number', form],
    ['one=many', 'the weight "many" of "one" is not a number', form],
    ['one=1e999', 'the weight "1e999" of "one" is not a number', form],
    ['one=80,two=-20', 'the weight -20 of "two" is negative', form],
    ['one=80,one=20', 'the expectation names "one" twice', 'give every answer once'],
    ['one=0,two=0', 'the weights in "one=0,two=0" are all 0', 'give at least one answer a weight above 0'],
  ])('%j is refused', (text, message, hint) => {
    expect(userError(() => parseExpectation(text))).toEqual({message, hint, exitCode: 2})
  })
})

const HOST = 'tcp-echo.default.svc.cluster.local'
const cluster = (subset: string, host = HOST) => `outbound|9000|${subset}|${host}`
const route = (...destinations: [subset: string, weight: number][]): TcpRoute => ({
  statPrefix: 'tcp-echo.default',
  destinations: destinations.map(([subset, weight]) => ({cluster: cluster(subset), weight, subset, host: HOST})),
  idleTimeoutMs: 0,
  maxConnectionDurationMs: 0,
})

describe('expectationFromRoute', () => {
  const answers = {[cluster('v1')]: 'one', [cluster('v2')]: ['two'], [cluster('v9', 'else.default.svc.cluster.local')]: 'nine', [cluster('')]: ['one', 'two']}
  const source = 'VirtualService default/tcp-echo'

  test('maps answers to subsets with the weights of the route', () => {
    expect(expectationFromRoute(route(['v1', 80], ['v2', 20]), answers, source)).toEqual({
      source,
      shares: [{name: 'v1', answers: ['one'], weight: 80}, {name: 'v2', answers: ['two'], weight: 20}],
    })
  })

  test('a subset that the route leaves out is expected with weight 0; other hosts are none of its business', () => {
    expect(expectationFromRoute(route(['v1', 1]), answers, source).shares).toEqual([
      {name: 'v1', answers: ['one'], weight: 1},
      {name: 'v2', answers: ['two'], weight: 0},
    ])
  })

  test('a destination without subset answers as any of its pods', () => {
    expect(expectationFromRoute(route(['', 1]), answers, source).shares).toEqual([{name: 'tcp-echo', answers: ['one', 'two'], weight: 1}])
  })

  test('subsets that answer alike are one share', () => {
    const alike = {...answers, [cluster('v3')]: ['two', 'zwei']}
    expect(expectationFromRoute(route(['v1', 50], ['v2', 20], ['v3', 30]), alike, source).shares).toEqual([
      {name: 'v1', answers: ['one'], weight: 50},
      {name: 'v2+v3', answers: ['two', 'zwei'], weight: 50},
    ])
  })

  test('a destination whose answer nobody knows is refused', () => {
    expect(userError(() => expectationFromRoute(route(['v1', 80], ['v4', 20]), answers, source))).toEqual({
      message: `cannot tell what subset "v4" of ${HOST} answers`,
      hint: 'say it yourself, for example --expect one=80,two=20',
      exitCode: 1,
    })
  })
})
