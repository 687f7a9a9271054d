import {describe, expect, test} from 'vitest'
import {OutlierDetector} from '../../../src/engine/health/outlier-detector.js'
import type {OutlierDetection} from '../../../src/routing/routing.js'

const SETTINGS: OutlierDetection = {consecutive5xx: 3, intervalMs: 10_000, baseEjectionMs: 30_000, maxEjectionPercent: 100, panicPercent: 0}

function detectorOf(settings: Partial<OutlierDetection> = {}, endpoints: readonly string[] = ['a', 'b']) {
  const stats = {total: 0, overflow: 0, consecutive5xx: 0, consecutiveGatewayFailure: 0, consecutiveLocalOriginFailure: 0}
  const detector = new OutlierDetector({...SETTINGS, ...settings}, stats)
  detector.setEndpoints(endpoints)
  const fail = (endpoint: string, times: number, nowMs = 0) => Array.from({length: times}, () => detector.report(endpoint, 'failed', nowMs))
  return {detector, stats, fail}
}

/** Fails it until it is out, and says how long that lasts, looking once in each interval. */
function ejectFor(detector: OutlierDetector, endpoint: string, fromMs: number, stepMs = SETTINGS.intervalMs): number {
  for (let i = 0; i < 3; i++) detector.report(endpoint, 'failed', fromMs)
  for (let nowMs = fromMs; ; nowMs += stepMs) {
    detector.check(nowMs)
    if (!detector.ejected.includes(endpoint)) return nowMs - fromMs
  }
}

describe('an endpoint is ejected', () => {
  test('at the threshold of failures in a row, and not before', () => {
    const {detector, fail} = detectorOf()
    fail('a', 2)
    const before = detector.ejected
    fail('a', 1)
    expect([before, detector.ejected]).toEqual([[], ['a']])
  })

  test('not when a connection in between succeeds', () => {
    const {detector, fail} = detectorOf()
    fail('a', 2)
    detector.report('a', 'connected', 0)
    fail('a', 2)
    expect(detector.ejected).toEqual([])
  })

  test.each<[string, Partial<OutlierDetection>, number, object]>([
    ['gateway errors before 5xx', {consecutiveGatewayErrors: 3}, 3, {total: 1, consecutiveGatewayFailure: 1}],
    ['whichever threshold comes first', {consecutiveGatewayErrors: 2}, 2, {total: 1, consecutiveGatewayFailure: 1}],
    ['errors of local origin alone where they are split off', {consecutiveLocalOriginFailures: 4}, 4, {total: 1, consecutiveLocalOriginFailure: 1}],
    ['nothing while errors of local origin are fewer', {consecutiveLocalOriginFailures: 4}, 3, {}],
    ['nothing with thresholds of 0', {consecutive5xx: 0, consecutiveGatewayErrors: 0}, 50, {}],
    ['nothing where local errors are split off and not judged', {consecutiveLocalOriginFailures: 0}, 50, {}],
  ])('for %s', (_reason, settings, failures, expected) => {
    const {detector, stats, fail} = detectorOf(settings)
    fail('a', failures)
    const none = {total: 0, overflow: 0, consecutive5xx: 0, consecutiveGatewayFailure: 0, consecutiveLocalOriginFailure: 0}
    expect([stats, detector.ejected.length]).toEqual([{...none, ...expected}, 'total' in expected ? 1 : 0])
  })
})

describe('maxEjectionPercent', () => {
  // Envoy since 1.31: ejected after / all, in percent, must not exceed it; one is no exception (always_eject_one_host is off)
  test.each<[number, number, number]>([
    [10, 2, 0],
    [10, 9, 0],
    [10, 10, 1],
    [10, 19, 1],
    [10, 20, 2],
    [50, 2, 1],
    [34, 3, 1],
    [33, 3, 0],
    [100, 3, 3],
    [250, 3, 3],
  ])('of %d lets %d endpoints that all fail come to %d ejected', (maxEjectionPercent, size, ejected) => {
    const endpoints = Array.from({length: size}, (_, i) => `e${i}`)
    const {detector, stats, fail} = detectorOf({maxEjectionPercent}, endpoints)
    for (const endpoint of endpoints) fail(endpoint, 3)
    expect([detector.ejected.length, stats.total, stats.overflow]).toEqual([ejected, ejected, size - ejected])
  })

  test('counts anew after a refused ejection', () => {
    const {stats, fail} = detectorOf({maxEjectionPercent: 10})
    fail('a', 8)
    const overflow = stats.overflow
    fail('a', 1)
    expect([overflow, stats.overflow]).toEqual([2, 3])
  })
})

describe('an ejection lasts', () => {
  test('the base time, then twice, three times as long while it is ejected again and again', () => {
    const {detector} = detectorOf()
    const durations = []
    for (let fromMs = 0, i = 0; i < 4; i++) {
      durations.push(ejectFor(detector, 'a', fromMs))
      fromMs += durations.at(-1) ?? 0
    }
    expect(durations).toEqual([30_000, 60_000, 90_000, 120_000])
  })

  test('not longer than 300 s, or the base time where that is longer', () => {
    const longest = (baseEjectionMs: number) => {
      const {detector} = detectorOf({baseEjectionMs})
      const durations = []
      for (let fromMs = 0, i = 0; i < 13; i++) {
        durations.push(ejectFor(detector, 'a', fromMs))
        fromMs += durations.at(-1) ?? 0
      }
      return durations.slice(9)
    }
    expect([longest(30_000), longest(400_000)]).toEqual([
      [300_000, 300_000, 300_000, 300_000],
      [400_000, 400_000, 400_000, 400_000],
    ])
  })

  test('until the next check', () => {
    const {detector, fail} = detectorOf()
    fail('a', 3, 1000)
    const ejected = [30_000, 40_000].map((nowMs) => (detector.check(nowMs), detector.ejected))
    expect(ejected).toEqual([['a'], []])
  })

  test('less again for each interval in which it did well', () => {
    const {detector} = detectorOf()
    const first = ejectFor(detector, 'a', 0)
    const second = ejectFor(detector, 'a', 30_000)
    for (const nowMs of [100_000, 110_000]) detector.check(nowMs)
    const third = ejectFor(detector, 'a', 110_000)
    expect([first, second, third]).toEqual([30_000, 60_000, 30_000])
    expect(detector.needsCheck).toBe(true)
    for (const nowMs of [150_000, 160_000, 170_000]) detector.check(nowMs)
    expect(detector.needsCheck).toBe(false)
  })

  test('and its failures are forgotten when it comes back', () => {
    const {detector, fail} = detectorOf()
    fail('a', 5, 0)
    detector.check(30_000)
    fail('a', 2, 30_000)
    expect([detector.ejected, detector.suspects]).toEqual([[], ['a']])
  })
})

test('endpoints that leave are forgotten, those that return begin anew', () => {
  const {detector, fail} = detectorOf()
  fail('a', 3)
  detector.setEndpoints(['b'])
  detector.setEndpoints(['a', 'b'])
  expect([detector.ejected, detector.suspects, detector.report('gone', 'failed', 0)]).toEqual([[], [], false])
})

test('says when what others should know changes', () => {
  const {detector, fail} = detectorOf()
  const first = fail('a', 3)
  const more = [detector.report('b', 'connected', 0), detector.report('b', 'failed', 0), detector.report('b', 'connected', 0)]
  expect([first, more]).toEqual([
    [true, false, true],
    [false, true, true],
  ])
})
