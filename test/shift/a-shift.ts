import type {ShiftPlan} from '../../src/shift/plan.js'
import {newState, type ShiftState, type StepResult} from '../../src/shift/state.js'

export function aPlan(more: Partial<ShiftPlan> = {}): ShiftPlan {
  return {
    virtualService: 'tcp-echo',
    namespace: 'default',
    rule: 0,
    from: 'v1',
    to: 'v2',
    steps: [{weight: 20}, {weight: 100}],
    tolerance: 'default',
    alpha: 0.001,
    max: 20_000,
    maxErrors: 0.005,
    bakeMs: 0,
    hold: 0,
    maxCut: 0,
    onFail: 'rollback',
    onInconclusive: 'pause',
    hooks: {},
    ...more,
  }
}

export function aState(plan: Partial<ShiftPlan> = {}, more: Partial<ShiftState> = {}): ShiftState {
  const original = [{destination: {host: 'tcp-echo', subset: 'v1'}}]
  return {...newState(aPlan(plan), {original, revision: 1, at: '2026-11-21T00:00:00Z'}), ...more}
}

export function aResult(more: Partial<StepResult> = {}): StepResult {
  return {
    verdict: 'PASS',
    reasons: [],
    connections: 700,
    durationMs: 200,
    share: 0.197,
    interval95: [0.1541, 0.2448],
    by: 'answers',
    canary: {tried: 138, failed: 0},
    stable: {tried: 562, failed: 0},
    unattributed: 0,
    latencyP95Ms: {canary: 0.5, stable: 0.4},
    held: null,
    ...more,
  }
}
