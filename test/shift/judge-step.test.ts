import {describe, expect, test} from 'vitest'
import {seededRandom} from '../../src/base/random.js'
import {attributeFailures} from '../../src/shift/attribute-failures.js'
import {errorEvidence} from '../../src/shift/error-evidence.js'
import {judgeHeld, judgeStep, type StepEvidence} from '../../src/shift/judge-step.js'
import type {TallyReport} from '../../src/tally/report.js'

const LIMITS = {alpha: 1e-4, maxErrors: 0.005, maxLatencyRatio: 1.5, maxCut: 0, max: 20_000}
const subset = (name: string, weight: number, count: number, n: number) => ({
  name,
  answers: [name],
  weight,
  count,
  share: count / n,
  interval95: [0, 1] as const,
})

function split(verdict: TallyReport['verdict'], reason: TallyReport['reason'] = {type: 'fits'}): TallyReport {
  return {
    kind: 'TallyReport',
    n: 700,
    unit: 'connection',
    verdict,
    reason,
    gate: null,
    test: null,
    subsets: [subset('v1', 0.8, 560, 700), subset('v2', 0.2, 140, 700)],
    unexpected: [],
  } as unknown as TallyReport
}

function evidence(more: Partial<StepEvidence> = {}): StepEvidence {
  const stable = {tried: 560, failed: 0}
  return {
    split: split('PASS'),
    isDecided: true,
    connections: 700,
    attribution: {canary: {tried: 140, failed: 0}, stable, unattributed: 0},
    baseline: stable,
    latencyP95Ms: {canary: 1, stable: 1},
    latencies: {canary: 140, stable: 560},
    baselineP95Ms: 1,
    names: {canary: 'v2', stable: 'v1'},
    ...more,
  }
}

const canary = (tried: number, failed: number, unattributed = 0) => ({attribution: {canary: {tried, failed}, stable: {tried: 560, failed: 0}, unattributed}})
const open: Partial<StepEvidence> = {split: split('INCONCLUSIVE', {type: 'undecided', stopped: 'max'}), isDecided: false}

describe('judgeStep', () => {
  test.each<[string, Partial<StepEvidence>, string, string]>([
    ['passes what is proven', {}, 'PASS', ''],
    ['goes on below 300 connections', {connections: 200}, 'continue', ''],
    ['goes on while the split is open', open, 'continue', ''],
    ['goes on while failures may be chance', canary(140, 3), 'continue', ''],
    ['fails on failures beyond chance', canary(300, 15), 'FAIL', 'v2 failed 15 of 300 connections (5%; v1 0 of 560)'],
    [
      'fails on failures before the split is decided',
      {...open, ...canary(30, 30), connections: 100},
      'FAIL',
      'v2 failed 30 of 30 connections (100%; v1 0 of 560)',
    ],
    ['blames nobody where both fail', {...canary(140, 70), baseline: {tried: 560, failed: 280}}, 'PASS', ''],
    ['fails on a wrong split', {split: split('FAIL', {type: 'split'})}, 'FAIL', 'v2 got 20% of 700 answers instead of 20%'],
    [
      'fails on an answer that must not come',
      {split: split('FAIL', {type: 'forbidden', count: 2, names: ['v3']})},
      'FAIL',
      '2 of 700 answers came from v3, which gets no traffic',
    ],
    [
      'gives failures up at the maximum',
      {...canary(140, 3), connections: 20_000},
      'INCONCLUSIVE',
      'v2 failed 3 of 140 connections (2.1%; v1 0 of 560), which may be chance',
    ],
    [
      'cannot judge failures of unknown origin',
      {...canary(140, 0, 200), connections: 20_000},
      'INCONCLUSIVE',
      '200 of 20000 connections failed, and it cannot be told on which version',
    ],
    [
      'fails on a slow first byte',
      {latencyP95Ms: {canary: 9, stable: 3}, baselineP95Ms: 3},
      'FAIL',
      "the first byte of v2 took 9.0 ms at the 95th percentile, 3.0 times v1's 3.0 ms",
    ],
    ['takes no notice of less than a millisecond', {latencyP95Ms: {canary: 0.9, stable: 0.1}, baselineP95Ms: 0.1}, 'PASS', ''],
    ['takes no notice of too few latencies', {latencyP95Ms: {canary: 9, stable: 3}, latencies: {canary: 39, stable: 560}, baselineP95Ms: 3}, 'PASS', ''],
  ])('%s', (_, more, verdict, reason) => {
    const judgement = judgeStep(evidence(more), LIMITS)
    expect(judgement.type === 'continue' ? 'continue' : judgement.verdict).toBe(verdict)
    expect(judgement.type === 'continue' ? '' : judgement.reasons.map(({message}) => message).join()).toBe(reason)
  })

  test('held connections may be cut up to the limit', () => {
    expect(judgeHeld({opened: 20, cut: 2}, {maxCut: 2})).toEqual([])
    expect(judgeHeld({opened: 20, cut: 3}, {maxCut: 2})).toEqual([{type: 'cut', message: '3 of 20 held connections were cut (2 allowed)'}])
    expect(judgeHeld(null, {maxCut: 0})).toEqual([])
  })
})

describe('errorEvidence', () => {
  test('no more failures than allowed are no evidence', () => {
    expect(errorEvidence({tried: 640, failed: 2}, {tried: 655, failed: 0}, 0.005)).toBeLessThan(0)
    expect(errorEvidence({tried: 0, failed: 0}, {tried: 0, failed: 0}, 0)).toBe(0)
  })

  test('31 of 640 against 0 of 655 are beyond any doubt', () => {
    expect(errorEvidence({tried: 640, failed: 31}, {tried: 655, failed: 0}, 0.005)).toBeGreaterThan(Math.log(1e6))
  })

  test('without connections of the old version it is taken not to fail', () => {
    expect(errorEvidence({tried: 300, failed: 15}, {tried: 0, failed: 0}, 0.005)).toBeGreaterThan(Math.log(1e4))
  })

  // a version exactly at the limit, looked at after every tenth connection: 5 % false alarms would be 20 of 400
  test('asked again and again it raises false alarms in less than α of all runs', () => {
    const random = seededRandom(7)
    const alarms = Array.from({length: 400}).filter(() => {
      const [old, next] = [
        {tried: 0, failed: 0},
        {tried: 0, failed: 0},
      ]
      for (let n = 1; n <= 1000; n++) {
        const isNext = random() < 0.3
        const side = isNext ? next : old
        side.tried++
        if (random() < (isNext ? 0.07 : 0.02)) side.failed++
        if (n % 10 === 0 && errorEvidence(next, old, 0.05) >= Math.log(1 / 0.05)) return true
      }
      return false
    })
    expect(alarms.length).toBeLessThanOrEqual(20)
  })
})

describe('attributeFailures', () => {
  const seen = {
    tried: 100,
    failed: 6,
    answered: {canary: 15, stable: 79},
    canary: {picked: 20, unserved: 2},
    stable: {picked: 80, unserved: 0},
    othersPicked: 0,
  }

  test('what was drawn and not answered failed, as long as nobody else uses the gateway', () => {
    expect(attributeFailures(seen)).toEqual({canary: {tried: 20, failed: 5}, stable: {tried: 80, failed: 1}, unattributed: 0})
  })

  test('with others about, the failures of the gateway are attributed and the rest is not', () => {
    expect(attributeFailures({...seen, stable: {picked: 95, unserved: 0}})).toEqual({
      canary: {tried: 20, failed: 2},
      stable: {tried: 95, failed: 0},
      unattributed: 4,
    })
  })

  test('where answers tell nothing, the gateway decides, unless one side got everything', () => {
    expect(attributeFailures({...seen, answered: null})).toEqual({canary: {tried: 20, failed: 2}, stable: {tried: 80, failed: 0}, unattributed: 4})
    const alone = {...seen, answered: null, canary: {picked: 100, unserved: 2}, stable: {picked: 0, unserved: 0}}
    expect(attributeFailures(alone)).toEqual({canary: {tried: 100, failed: 6}, stable: {tried: 0, failed: 0}, unattributed: 0})
  })
})
