import {describe, expect, test} from 'vitest'
import {undoTarget, withRevision, type Revision} from '../../src/shift/history.js'
import {isHeld} from '../../src/shift/lease.js'
import {diffLines} from '../../src/shift/line-diff.js'
import {decodeRecord, encodeRecord} from '../../src/shift/record.js'
import {announce, historyRows, renderShift} from '../../src/shift/render-status.js'
import {aResult, aState} from './a-shift.js'

const route = (v2: number) => [
  {destination: {subset: 'v1'}, weight: 100 - v2},
  {destination: {subset: 'v2'}, weight: v2},
]
const entry = (v2: number, isStart = false) => ({at: '2026-11-21T00:00:00Z', rule: 0, route: route(v2), cause: `${v2}% to v2`, isStart})
const historyOf = (...entries: Omit<Revision, 'revision'>[]) => entries.reduce<readonly Revision[]>(withRevision, [])

describe('the history', () => {
  test('a revision is another set of weights; the same again is none, but may begin a shift', () => {
    expect(historyOf(entry(0), entry(0, true), entry(20), entry(20), entry(0)).map(({revision, isStart}) => [revision, isStart])).toEqual([
      [1, true],
      [2, false],
      [3, false],
    ])
  })

  test('the oldest are forgotten, revisions go on counting', () => {
    const history = historyOf(...Array.from({length: 60}, (_, i) => entry(i)))
    expect([history.length, history[0]?.revision, history.at(-1)?.revision]).toEqual([50, 11, 60])
  })

  test('undo goes to where the last shift began, or to the revision asked for', () => {
    const history = historyOf(entry(0, true), entry(20), entry(100))
    expect(undoTarget(history, undefined).revision).toBe(1)
    expect(undoTarget(history, 2).revision).toBe(2)
    expect(() => undoTarget(history, 3)).toThrow('revision 3 is the current one')
    expect(() => undoTarget(history, 9)).toThrow('unable to find specified revision 9 in history')
    expect(() => undoTarget(historyOf(entry(0, true)), undefined)).toThrow('there is nothing to undo')
    expect(historyRows(history)[0]).toEqual(['1', '2026-11-21T00:00:00Z', 'v1 100 / v2 0', '0% to v2 (a shift began here)'])
  })
})

describe('the record', () => {
  test('comes back as it was stored; a damaged one is an error that can be mended', () => {
    const record = {state: aState(), lease: {holder: 'h', pid: 1, renewedMs: 2}, history: historyOf(entry(0))}
    expect(decodeRecord(encodeRecord(record), 'x')).toEqual(record)
    expect(decodeRecord(undefined, 'x')).toEqual({history: []})
    for (const history of ['{', '"x"']) expect(() => decodeRecord({history}, 'x')).toThrow('the state of the shift in configmap "x" cannot be read')
  })

  test.each([
    ['is held by a live process', 1000, true, true],
    ['is over when its process is gone', 1000, false, false],
    ['is over when it was not renewed for 15 seconds', 16_000, true, false],
  ])('a lease %s', (_, nowMs, isAlive, expected) => {
    expect(isHeld({holder: 'h', pid: 1, renewedMs: 0}, nowMs, () => isAlive)).toBe(expected)
    expect(isHeld(undefined, nowMs, () => isAlive)).toBe(false)
  })
})

describe('what people see', () => {
  const steps = {steps: [{weight: 20}, {weight: 50, pause: {type: 'manual'} as const}, {weight: 100}]}

  test('a tree while it is under way', () => {
    const state = aState(steps, {phase: {type: 'verifying', step: 1}, results: [aResult({held: {opened: 20, cut: 0}}), null, null], originalRevision: 6})
    expect(renderShift(state, [{...entry(50), revision: 8}])).toBe(`⟳ tcp-echo   v1 → v2   Progressing   step 2/3   revision 8   α 0.001 in all
├─ ✔ 20%   v2 19.7% [15.4–24.5]   700 conn 0.2 s   errors 0   held 20/20 alive
├─ ◌ 50%   then pauses
├─ · 100%
└─ rollback target: revision 6 (v1 100)
`)
  })

  test('why it was rolled back, and that the rollback holds', () => {
    const failed = aResult({
      verdict: 'FAIL',
      connections: 1295,
      durationMs: 400,
      canary: {tried: 640, failed: 31},
      reasons: [{type: 'errors', message: 'v2 failed 31 of 640'}],
    })
    const phase = {type: 'degraded', reason: '20% step: v2 failed 31 of 640', rolledBack: true} as const
    const state = aState({steps: [{weight: 20}]}, {phase, results: [failed], rollback: aResult({connections: 300, share: 0})})
    expect(renderShift(state, [])).toBe(`✘ tcp-echo   v1 → v2   Degraded   revision 1   α 0.001 in all
├─ ✘ 20%   v2 19.7% [15.4–24.5]   1295 conn 0.4 s   errors 31 (v2 4.8%)
└─ rollback target: revision 1 (v1 100)
✘ 20% step: v2 failed 31 of 640
  rolled back to v1 100, verified: 300 connections, none on v2
`)
    const loose = {...state, rollback: aResult({verdict: 'FAIL', reasons: [{type: 'split', message: 'v2 got 3 of 300 connections'}]})}
    expect(renderShift(loose, []).split('\n').slice(-3)).toEqual(['  rolled back to v1 100', '✘ the rollback is not verified: v2 got 3 of 300 connections', ''])
  })

  test('what it waits for', () => {
    const open = aResult({verdict: 'INCONCLUSIVE', reasons: [{type: 'split', message: 'not proven'}]})
    const phase = {type: 'paused', why: 'inconclusive', next: {type: 'promoting'}, again: {type: 'verifying', step: 0}} as const
    const lines = renderShift(aState({...steps, namespace: 'demo'}, {phase, results: [open, null, null]}), []).split('\n')
    expect(lines[0]).toMatch(/^‖ tcp-echo {3}v1 → v2 {3}Paused \(inconclusive\) {3}step 1\/3/)
    expect(lines.slice(-3)).toEqual(['? not proven', '  go on: tshift shift promote tcp-echo -n demo   give up: tshift shift abort tcp-echo -n demo', ''])
  })

  test('a line for what is new, and none for what is not', () => {
    const verifying = aState(steps, {phase: {type: 'verifying', step: 0}})
    const after = aState(steps, {phase: {type: 'shifting', step: 1}, results: [aResult(), null, null]})
    expect(announce(verifying, after)).toEqual(['✔ 20%   v2 19.7% [15.4–24.5]   700 conn 0.2 s   errors 0', '→ 50% to v2'])
    expect(announce(after, {...after, turn: 9})).toEqual([])
  })

  test('a diff shows changes with three lines around them', () => {
    const text = (middle: string) => `${[1, 2, 3, 4, 5].join('\n')}\n${middle}${[6, 7, 8, 9].join('\n')}\n`
    expect(diffLines(text('a\n'), text('b\nc\n'))).toBe(' 3\n 4\n 5\n-a\n+b\n+c\n 6\n 7\n 8\n')
    expect(diffLines(`x\n${text('')}y\n`, `${text('')}`)).toBe('-x\n 1\n 2\n 3\n...\n 7\n 8\n 9\n-y\n')
    expect(diffLines('a\nx\nb\ny\nc\n', 'a\nb\nc\n')).toBe(' a\n-x\n b\n-y\n c\n')
    expect(diffLines('same\n', 'same\n')).toBe('')
  })
})
