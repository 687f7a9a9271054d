import {expect, test} from 'vitest'
import {TimeLimits} from '../../src/engine/time-limits.js'

const ROUTE = {statPrefix: 'echo', destinations: [], idleTimeoutMs: 0, maxConnectionDurationMs: 0}

/** What `check` says at each of these times. */
const checks = (limits: TimeLimits, times: readonly number[]) => times.map((ms) => limits.check(ms))

test('without limits nothing is ever reached', () => {
  const limits = new TimeLimits(0)
  limits.follow(ROUTE)
  expect(checks(limits, [100, 1e12])).toEqual([undefined, undefined])
})

test('the idle time counts from the check after the last byte', () => {
  const limits = new TimeLimits(0)
  limits.follow({...ROUTE, idleTimeoutMs: 1000})
  expect(checks(limits, [100, 1099])).toEqual([undefined, undefined])
  limits.isBusy = true
  expect(checks(limits, [1150, 2149, 2150])).toEqual([undefined, undefined, 'SI'])
})

test('the longest duration counts from accept, busy or not', () => {
  const limits = new TimeLimits(50)
  limits.follow({...ROUTE, maxConnectionDurationMs: 1000})
  expect(checks(limits, [1049])).toEqual([undefined])
  limits.isBusy = true
  expect(checks(limits, [1050])).toEqual(['DT'])
})

test('the connect timeout ends with the connection', () => {
  const limits = new TimeLimits(0)
  limits.awaiting('connect', 300)
  expect(checks(limits, [299, 300])).toEqual([undefined, 'connect'])
  limits.arrived()
  expect(checks(limits, [301])).toEqual([undefined])
})

test('draining again does not prolong it', () => {
  const limits = new TimeLimits(0)
  limits.drainBy(500)
  limits.drainBy(900)
  expect(checks(limits, [499, 500])).toEqual([undefined, 'drain'])
})
