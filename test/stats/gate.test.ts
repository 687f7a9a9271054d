import {describe, expect, test} from 'vitest'
import {decide, defaultTolerance, type GateDecision, type GateOptions} from '../../src/stats/gate.js'
import {logEvidence} from '../../src/stats/mixture.js'
import {drawer, median} from './simulate.js'

const DEFAULTS = {tolerances: [0.05, 0.05], alphaFail: 0.001, alphaPass: 0.05, max: 20_000}

/** One run: connections until the gate decides, asked after every `look`th. */
function run(truth: readonly number[], weights: readonly number[], {seed, look = 5, ...options}: GateOptions & {seed: number; look?: number}): GateDecision {
  const next = drawer(truth, seed)
  const counts = weights.map(() => 0)
  for (;;) {
    for (let i = 0; i < look; i++) {
      const answer = next()
      counts[answer] = (counts[answer] ?? 0) + 1
    }
    const decision = decide(counts, weights, options)
    if (decision.state !== 'CONTINUE') return decision
  }
}

function runs(count: number, of: (seed: number) => GateDecision): {states: Record<string, number>; medianN: number} {
  const decisions = Array.from({length: count}, (_, i) => of(i + 1))
  const states: Record<string, number> = {}
  for (const {state} of decisions) states[state] = (states[state] ?? 0) + 1
  return {states, medianN: median(decisions.map(({n}) => n))}
}

describe('gate', () => {
  test('says nothing at first, passes on evidence, gives up at the maximum', () => {
    expect(decide([0, 0], [80, 20], DEFAULTS).state).toBe('CONTINUE')
    expect(decide([80, 20], [80, 20], DEFAULTS).state).toBe('CONTINUE')
    expect(decide([80, 20], [80, 20], {...DEFAULTS, max: 100}).state).toBe('INCONCLUSIVE')
    expect(decide([800, 200], [80, 20], DEFAULTS).state).toBe('PASS')
  })

  test('gives the evidence for every share', () => {
    const {state, n, logE, shares} = decide([500, 500], [4, 1], DEFAULTS)
    expect({state, n}).toEqual({state: 'FAIL', n: 1000})
    expect(logE).toBeCloseTo(logEvidence([500, 500], [80, 20]), 10)
    expect(shares.map(({weight, share, band, state}) => ({weight, share, band, state}))).toEqual([
      {weight: 0.8, share: 0.5, band: [0.75, 0.8500000000000001], state: 'below'},
      {weight: 0.2, share: 0.5, band: [0.15000000000000002, 0.25], state: 'above'},
    ])
    expect(Math.min(...shares.map(({evidence}) => Math.max(...evidence)))).toBeGreaterThan(Math.log(1000))
  })

  test('one answer of weight 0 fails at once, however many were right', () => {
    expect(decide([100_000, 1], [100, 0], {...DEFAULTS, max: 1e6})).toEqual({state: 'FAIL', n: 100_001, logE: Infinity, shares: []})
  })

  test('a single destination passes once one leaking connection in twenty would have shown', () => {
    expect([58, 59].map((n) => decide([n, 0], [100, 0], DEFAULTS).state)).toEqual(['CONTINUE', 'PASS'])
  })

  test('a band that reaches 0 or 1 is bounded on the other side only', () => {
    expect(decide([980, 20], [98, 2], {...DEFAULTS, tolerances: [0.05, 0.05]}).state).toBe('PASS')
    expect(decide([800, 200], [98, 2], {...DEFAULTS, tolerances: [0.05, 0.05]}).state).toBe('FAIL')
  })

  test('the default tolerance narrows with the weight', () => {
    expect([0.8, 0.2, 0.1, 0.05, 0.02, 0.01, 0.001].map(defaultTolerance)).toEqual([0.05, 0.05, 0.05, 0.025, 0.01, 0.01, 0.01])
  })
})

/** Medians from a separate implementation's simulation (300–600 runs each); 15 % covers the noise of both. */
describe('operating characteristics of the gate', () => {
  test.each([
    {truth: [0.8, 0.2], weights: [80, 20], tolerance: 0.05, state: 'PASS', medianN: 780, count: 300},
    {truth: [0.7, 0.3], weights: [80, 20], tolerance: 0.05, state: 'FAIL', medianN: 1550, count: 300},
    {truth: [0.5, 0.5], weights: [80, 20], tolerance: 0.05, state: 'FAIL', medianN: 63, look: 1, count: 400},
    {truth: [1, 0], weights: [80, 20], tolerance: 0.05, state: 'FAIL', medianN: 74, look: 1, count: 1},
    {truth: [0.2, 0.8], weights: [80, 20], tolerance: 0.05, state: 'FAIL', medianN: 12, look: 1, count: 400},
    {truth: [0.7, 0.2, 0.1], weights: [70, 20, 10], tolerance: 0.05, state: 'PASS', medianN: 1391, count: 300},
    {truth: [0.95, 0.05], weights: [95, 5], tolerance: 0.03, state: 'PASS', medianN: 646, count: 300},
    // simulated with the concentrated prior alone
    {truth: [0.8, 0.2], weights: [80, 20], tolerance: 0.1, prior: 'concentrated', state: 'PASS', medianN: 147, count: 300},
    {truth: [0.8, 0.2], weights: [80, 20], tolerance: 0.03, prior: 'concentrated', state: 'PASS', medianN: 2028, count: 100},
  ] as const)('truth $truth against $weights ±$tolerance: $state after about $medianN', ({truth, weights, tolerance, state, medianN, count, ...given}) => {
    const tolerances = weights.map(() => tolerance)
    const result = runs(count, (seed) => run(truth, weights, {...DEFAULTS, look: 5, ...given, tolerances, seed}))
    expect(result.states).toEqual({[state]: count})
    expect(Math.abs(result.medianN / medianN - 1)).toBeLessThan(0.15)
  })

  test('a split that is 3 points beyond the band is told from the weights in four runs of five by 6,000 connections', () => {
    const {states, medianN} = runs(200, (seed) => run([0.72, 0.28], [80, 20], {...DEFAULTS, max: 6000, seed}))
    expect(states).toEqual({FAIL: 160, INCONCLUSIVE: 40})
    expect(Math.abs(medianN / 4127 - 1)).toBeLessThan(0.15)
  })

  test('at the edge of the band it passes at most 1 run in 20 and fails at most 1 in 1,000', () => {
    const {states} = runs(1000, (seed) => run([0.75, 0.25], [80, 20], {...DEFAULTS, max: 3000, look: 10, seed}))
    expect((states['PASS'] ?? 0) / 1000).toBeLessThan(0.05)
    expect((states['FAIL'] ?? 0) / 1000).toBeLessThanOrEqual(0.001)
  })

  test('a right split fails at most α of the time when α is large enough to measure', () => {
    const {states} = runs(600, (seed) => run([0.85, 0.15], [80, 20], {...DEFAULTS, alphaFail: 0.05, alphaPass: 1e-9, max: 2000, look: 10, seed}))
    expect((states['FAIL'] ?? 0) / 600).toBeLessThan(0.05)
  })

  test('evidence against the exact weights reaches 1/α in at most α of the runs, looked at after every connection', () => {
    const exceeded = Array.from({length: 1000}, (_, i) => {
      const next = drawer([0.8, 0.2], i + 1)
      const counts = [0, 0]
      for (let n = 0; n < 1500; n++) {
        const answer = next()
        counts[answer] = (counts[answer] ?? 0) + 1
        if (logEvidence(counts, [80, 20]) >= Math.log(20)) return true
      }
      return false
    })
    const rate = exceeded.filter(Boolean).length / 1000
    expect(rate).toBeLessThan(0.05)
    expect(rate).toBeGreaterThan(0.005)
  })
})
