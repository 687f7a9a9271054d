import {UserError} from '../base/user-error.js'
import type {ShiftedRule} from './set-weights.js'
import type {ShiftedObject} from './shifted-object.js'

/** What happens after a step has been verified, before the next one. */
export type Pause = {readonly type: 'manual'} | {readonly type: 'duration'; readonly ms: number}

export interface Step {
  /** Percent of the pair's traffic on the new version. */
  readonly weight: number
  readonly pause?: Pause
}

export const ON_FAIL = ['rollback', 'pause', 'stop'] as const
export type OnFail = (typeof ON_FAIL)[number]
export const ON_INCONCLUSIVE = ['pause', 'rollback', 'continue'] as const
export type OnInconclusive = (typeof ON_INCONCLUSIVE)[number]

/** Everything a shift was told; it does not change while it runs. */
export interface ShiftPlan extends ShiftedRule, ShiftedObject {
  readonly namespace: string
  readonly steps: readonly Step[]
  /** As `--tolerance` has it: points, a part of each weight, or `default`. */
  readonly tolerance: string
  /** The chance that a shift without fault is called wrong, over all its steps. */
  readonly alpha: number
  /** Connections after which an open question is given up, in each step. */
  readonly max: number
  /** By how much the new version's error rate may exceed the old one's; a share. */
  readonly maxErrors: number
  /** Undefined: latency is not judged. */
  readonly maxLatencyRatio?: number
  /** How long each step is left as it is once it is proven, with failures counted on, ms. */
  readonly bakeMs: number
  /** Connections kept open on the new version; 0 for none. */
  readonly hold: number
  readonly maxCut: number
  readonly onFail: OnFail
  readonly onInconclusive: OnInconclusive
  /** Commands by hook name. */
  readonly hooks: Readonly<Record<string, string>>
  /** The file whose weights are brought up to date at the end. */
  readonly write?: string
}

/** `5,20,50,100` → rising percentages. Throws a UserError (exit code 2). */
export function parseSteps(text: string): readonly number[] {
  const weights = text.split(',').map((word) => Number(word.trim().replace(/%$/, '') || Number.NaN))
  const isGood = weights.every(
    (weight, i) => weight > (i === 0 ? 0 : (weights[i - 1] ?? 0)) && weight <= 100 && Number.isInteger(Math.round(weight * 1e6) / 1e4),
  )
  if (isGood) return weights
  throw new UserError(`cannot read "${text}" as steps`, {hint: 'write rising percentages with at most two decimals, --steps 5,20,50,100', exitCode: 2})
}

/**
 * Steps with their pauses: after the percentages named a person has to say `promote`, with `each` after all but the last.
 * Throws a UserError (exit code 2) where a pause belongs to no step.
 */
export function planSteps(weights: readonly number[], pauseAfter: 'each' | readonly number[]): readonly Step[] {
  const strange = pauseAfter === 'each' ? undefined : pauseAfter.find((weight) => !weights.includes(weight))
  if (strange !== undefined) throw new UserError(`there is no step of ${strange}% to pause after`, {hint: `the steps are ${weights.join(', ')}`, exitCode: 2})
  return weights.map((weight, i): Step => {
    const isPaused = pauseAfter === 'each' ? i < weights.length - 1 : pauseAfter.includes(weight)
    return isPaused ? {weight, pause: {type: 'manual'}} : {weight}
  })
}

/** A rate such as `0.5%` or `0`. Throws a UserError (exit code 2). */
export function parseRate(text: string, flag: string): number {
  const [, digits, sign] = /^(\d+(?:\.\d+)?)(%?)$/.exec(text.trim()) ?? []
  const value = Number(digits ?? Number.NaN)
  if (sign === '%' && value <= 100) return value / 100
  if (value === 0) return 0
  throw new UserError(`${flag} is a percentage such as 0.5%, not "${text}"`, {exitCode: 2})
}

/**
 * How the chance of a false alarm is shared out: over the steps, and within a step over its two tests, of the split and of the errors
 * (Bonferroni). The check after a rollback is judged like a step.
 */
export function alphaOfTest({alpha, steps}: Pick<ShiftPlan, 'alpha' | 'steps'>): number {
  return alpha / steps.length / 2
}
