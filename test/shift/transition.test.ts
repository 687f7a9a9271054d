import {describe, expect, test} from 'vitest'
import type {Phase} from '../../src/shift/state.js'
import {shiftExitCode} from '../../src/shift/exit-code.js'
import {transition, type ShiftEvent} from '../../src/shift/transition.js'
import {aResult, aState} from './a-shift.js'

const PASS: ShiftEvent = {type: 'verified', result: aResult()}
const FAIL: ShiftEvent = {type: 'verified', result: aResult({verdict: 'FAIL', reasons: [{type: 'errors', message: 'v2 failed'}]})}
const OPEN: ShiftEvent = {type: 'verified', result: aResult({verdict: 'INCONCLUSIVE', reasons: [{type: 'split', message: 'not proven'}]})}
const shifting = (step: number): Phase => ({type: 'shifting', step})
const verifying = (step: number) => ({type: 'verifying', step}) as const
const NOW = 1000
const manual: Phase = {type: 'paused', why: 'manual', next: {type: 'shifting', step: 1}, again: verifying(0)}
const ROLLBACK: Phase = {type: 'rolling-back', reason: '20% step: v2 failed'}

describe('transition', () => {
  test.each<[string, Phase, ShiftEvent, Phase]>([
    ['begins with the first step', {type: 'pending'}, {type: 'begun'}, shifting(0)],
    ['verifies what is in force', shifting(0), {type: 'in-force'}, verifying(0)],
    ['goes on after a pass', verifying(0), PASS, shifting(1)],
    ['promotes after the last pass', verifying(1), PASS, {type: 'promoting'}],
    ['is healthy when promoted', {type: 'promoting'}, {type: 'promoted'}, {type: 'healthy'}],
    ['rolls back after a failure', verifying(0), FAIL, ROLLBACK],
    ['is degraded when rolled back', ROLLBACK, {type: 'rolled-back', check: aResult()}, {type: 'degraded', reason: '20% step: v2 failed', rolledBack: true}],
    ['pauses on an open question', verifying(0), OPEN, {...manual, why: 'inconclusive'} as Phase],
    ['goes on when promoted', manual, {type: 'promote', full: false}, shifting(1)],
    ['goes on when the time is over', {...manual, why: 'duration', untilMs: 5} as Phase, {type: 'elapsed'}, shifting(1)],
    ['skips the rest with promote --full', verifying(0), {type: 'promote', full: true}, {type: 'promoting'}],
    ['pauses in mid-verification, to verify again', verifying(0), {type: 'pause'}, {type: 'paused', why: 'manual', next: verifying(0), again: verifying(0)}],
    ['turns a timed pause into one for a person', {...manual, why: 'duration', untilMs: 5} as Phase, {type: 'pause'}, manual],
    ['rolls back from a pause', manual, {type: 'abort', reason: 'aborted'}, {type: 'rolling-back', reason: 'aborted'}],
    ['rolls back before it began', {type: 'pending'}, {type: 'abort', reason: 'aborted'}, {type: 'rolling-back', reason: 'aborted'}],
    ['verifies an open step again on retry', {...manual, why: 'inconclusive'} as Phase, {type: 'retry'}, verifying(0)],
    ['begins anew on retry after a rollback', {type: 'degraded', reason: '', rolledBack: true}, {type: 'retry'}, {type: 'pending'}],
    [
      'waits where a confirm hook refuses, and asks no more when promoted',
      shifting(1),
      {type: 'refused'},
      {type: 'paused', why: 'hook', next: {type: 'shifting', step: 1, confirmed: true}, again: {type: 'shifting', step: 1}},
    ],
  ])('%s', (_, phase, event, expected) => {
    const before = aState({}, {phase})
    const after = transition(before, event, NOW)
    expect(after.phase).toEqual(expected)
    expect(after.turn).toBe(before.turn + 1)
    expect(after.endedAt).toBe(expected.type === 'healthy' || expected.type === 'degraded' ? '1970-01-01T00:00:01Z' : undefined)
  })

  test.each<[string, Phase, ShiftEvent, string]>([
    ['promote of what is under way', verifying(0), {type: 'promote', full: false}, 'cannot promote the shift of "tcp-echo": it is Progressing'],
    ['abort of what is over', {type: 'healthy'}, {type: 'abort', reason: ''}, 'cannot abort the shift of "tcp-echo": it is Healthy'],
    ['pause of a pause', manual, {type: 'pause'}, 'cannot pause the shift of "tcp-echo": it is Paused (manual)'],
    ['pause of a rollback', ROLLBACK, {type: 'pause'}, 'cannot pause the shift of "tcp-echo": it is RollingBack'],
    ['retry of a planned pause', manual, {type: 'retry'}, 'cannot retry the shift of "tcp-echo": it is Paused (manual)'],
    [
      'promote of what was rolled back',
      {type: 'degraded', reason: '', rolledBack: true},
      {type: 'promote', full: true},
      'cannot promote the shift of "tcp-echo": it is Degraded',
    ],
  ])('refuses %s', (_, phase, event, message) => {
    expect(() => transition(aState({}, {phase}), event, NOW)).toThrow(message)
  })

  test('a planned pause comes after the step it belongs to', () => {
    const paused = (pause: {type: 'manual'} | {type: 'duration'; ms: number}) =>
      transition(aState({steps: [{weight: 20, pause}, {weight: 100}]}, {phase: verifying(0)}), PASS, NOW).phase
    expect(paused({type: 'manual'})).toEqual(manual)
    expect(paused({type: 'duration', ms: 500})).toEqual({...manual, why: 'duration', untilMs: 1500})
  })

  test.each([
    ['pause', FAIL, {onFail: 'pause'}, {...manual, why: 'failed'}, 5],
    ['stop', FAIL, {onFail: 'stop'}, {type: 'degraded', reason: '20% step: v2 failed', rolledBack: false}, 5],
    ['roll back what is open', OPEN, {onInconclusive: 'rollback'}, {type: 'rolling-back', reason: '20% step: not proven'}, 6],
    ['go on with what is open', OPEN, {onInconclusive: 'continue'}, shifting(1), 0],
    ['wait with what is open', OPEN, {onInconclusive: 'pause'}, {...manual, why: 'inconclusive'}, 4],
  ] as const)("what to do about a failure is the plan's: %s", (_, event, plan, expected, exitCode) => {
    const after = transition(aState(plan, {phase: verifying(0)}), event, NOW)
    expect(after.phase).toEqual(expected)
    expect(shiftExitCode(after)).toBe(exitCode)
  })

  test('a wrong split has exit code 3, a planned pause 7, a rollback 6', () => {
    const wrong: ShiftEvent = {type: 'verified', result: aResult({verdict: 'FAIL', reasons: [{type: 'split', message: 'off'}]})}
    expect(shiftExitCode(transition(aState({onFail: 'stop'}, {phase: verifying(0)}), wrong, NOW))).toBe(3)
    expect(shiftExitCode(aState({}, {phase: manual}))).toBe(7)
    expect(shiftExitCode(aState({}, {phase: {type: 'degraded', reason: '', rolledBack: true}}))).toBe(6)
  })
})
