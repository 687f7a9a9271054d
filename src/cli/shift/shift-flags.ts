import {Flags} from '@oclif/core'
import {UserError} from '../../base/user-error.js'
import type {BorrowedPlan} from '../../shift/borrowed-plan.js'
import {parseHooks} from '../../shift/hook.js'
import {ON_FAIL, ON_INCONCLUSIVE, parseRate, parseSteps, planSteps, type OnFail, type OnInconclusive, type Step} from '../../shift/plan.js'
import {parseDuration} from '../duration.js'
import type {Wishes} from './prepare.js'
import type {ShiftRef} from './record-store.js'
import {repeatable} from '../flags/repeatable.js'

const DEFAULT_STEPS = '5,20,50,100'

/** What a shift is told. */
export const shiftFlags = {
  to: Flags.string({description: 'subset (or Service) the traffic goes to', helpValue: 'NAME'}),
  from: Flags.string({description: 'where it comes from (default: the destination with the most traffic)', helpValue: 'NAME'}),
  port: Flags.integer({description: 'the tcp route that matches this port, where there are several', min: 1, max: 65_535}),
  steps: Flags.string({description: `percentages, rising (default: ${DEFAULT_STEPS})`, helpValue: '5,20,…', exclusive: ['plan']}),
  plan: Flags.string({description: 'play the steps of an Argo Rollout or a Flagger Canary in this file', helpValue: 'FILE'}),
  'pause-after': Flags.string({description: 'wait for promote after these steps', helpValue: '20,50', exclusive: ['pause', 'plan']}),
  pause: Flags.option({options: ['each'] as const, description: 'wait for promote after each step but the last', exclusive: ['plan']})(),
  bake: Flags.string({
    description: 'leave each step as it is for so long once it is proven, and look at its errors again',
    default: '0s',
    helpValue: 'DURATION',
  }),
  tolerance: Flags.string({description: 'how far a share may be from its weight: points, or a part of the weight as 10%', default: 'default'}),
  alpha: Flags.string({description: 'chance that a faultless shift is called wrong, over all its steps', default: '0.001', helpValue: 'P'}),
  max: Flags.integer({description: 'connections after which a step is inconclusive', default: 20_000, min: 300}),
  'max-errors': Flags.string({description: 'by how much the new version may fail more often than the old', default: '0.5%', helpValue: 'PERCENT'}),
  'max-latency-ratio': Flags.string({description: "times the old version's 95th percentile of the first byte (default: not judged)", helpValue: 'RATIO'}),
  hold: Flags.integer({description: 'connections kept open on the new version during a step', default: 0, min: 0, max: 1000}),
  'max-cut': Flags.integer({description: 'how many of them may be cut', default: 0, min: 0, dependsOn: ['hold']}),
  'on-fail': Flags.option({options: ON_FAIL, default: 'rollback' as const, description: 'what to do about a step that fails'})(),
  'on-inconclusive': Flags.option({
    options: ON_INCONCLUSIVE,
    description: 'what to do about a step that stays open (default: pause; rollback where CI=true)',
  })(),
  hook: Flags.string({description: "run a command, without a shell, at one of Flagger's hooks (repeatable)", helpValue: 'NAME=COMMAND', ...repeatable}),
  write: Flags.string({description: 'when healthy, bring the weights in this YAML file up to date; comments stay', helpValue: 'FILE'}),
}

interface ShiftFlagValues {
  readonly to?: string | undefined
  readonly from?: string | undefined
  readonly port?: number | undefined
  readonly steps?: string | undefined
  readonly 'pause-after'?: string | undefined
  readonly pause?: 'each' | undefined
  readonly bake: string
  readonly tolerance: string
  readonly alpha: string
  readonly max: number
  readonly 'max-errors': string
  readonly 'max-latency-ratio'?: string | undefined
  readonly hold: number
  readonly 'max-cut': number
  readonly 'on-fail': OnFail
  readonly 'on-inconclusive'?: OnInconclusive | undefined
  readonly hook?: readonly string[] | undefined
  readonly write?: string | undefined
}

/** The flags as a plan to be prepared, on top of a borrowed one. Throws a UserError (exit code 2). */
export function wishesOf(
  ref: ShiftRef,
  flags: ShiftFlagValues,
  borrowed: BorrowedPlan | undefined,
  env: NodeJS.ProcessEnv = process.env,
): Wishes {
  const to = flags.to ?? borrowed?.to
  if (to === undefined) throw new UserError('no destination is named', {hint: 'say where the traffic goes with --to v2', exitCode: 2})
  const ratio = flags['max-latency-ratio']
  return {
    ...ref,
    to,
    from: flags.from ?? borrowed?.from,
    port: flags.port ?? borrowed?.port,
    steps: borrowed === undefined ? stepsOf(flags) : borrowed.steps,
    tolerance: flags.tolerance,
    alpha: numberBetween(flags.alpha, {flag: '--alpha', above: 0, below: 1}),
    max: flags.max,
    maxErrors: parseRate(flags['max-errors'], '--max-errors'),
    ...(ratio === undefined ? {} : {maxLatencyRatio: numberBetween(ratio, {flag: '--max-latency-ratio', above: 0, below: Infinity})}),
    bakeMs: parseDuration(flags.bake, '--bake'),
    hold: flags.hold,
    maxCut: flags['max-cut'],
    onFail: flags['on-fail'],
    onInconclusive: flags['on-inconclusive'] ?? (env['CI'] === 'true' ? 'rollback' : 'pause'),
    hooks: parseHooks(flags.hook ?? []),
    ...(flags.write === undefined ? {} : {write: flags.write}),
  }
}

function stepsOf(flags: ShiftFlagValues): readonly Step[] {
  const after = flags.pause ?? (flags['pause-after'] === undefined ? [] : parseSteps(flags['pause-after']))
  return planSteps(parseSteps(flags.steps ?? DEFAULT_STEPS), after)
}

function numberBetween(text: string, {flag, above, below}: {readonly flag: string; readonly above: number; readonly below: number}): number {
  const value = text.trim() === '' ? Number.NaN : Number(text)
  if (value > above && value < below) return value
  throw new UserError(`${flag} is a number above ${above}${below === Infinity ? '' : ` and below ${below}`}, not "${text}"`, {exitCode: 2})
}
