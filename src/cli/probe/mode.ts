import {UserError} from '../../base/user-error.js'
import {parseDuration} from '../duration.js'
import type {ProbeMode} from '../verbs/probe.js'

const DEFAULT_COUNT = 100
const DEFAULT_MAX = 20_000
const DEFAULT_BUDGET = '30s'

export interface ModeFlags {
  readonly count?: number | undefined
  readonly 'until-sure': boolean
  readonly max?: number | undefined
  readonly budget?: string | undefined
  readonly by: string
  readonly duration?: string | undefined
  readonly hold?: string | undefined
}

/**
 * As the flags say; without any, until sure in CI (where there are weights to be sure of) and a hundred connections for a person. Throws a UserError
 * with exit code 2 for what does not go together.
 */
export function probeMode(flags: ModeFlags, hasExpectation: boolean, env: Readonly<Record<string, string | undefined>>): ProbeMode {
  const {count, duration, hold, by} = flags
  if (flags['until-sure'] && by === 'gateway') {
    throw new UserError("the gateway's counts are taken once, at the end: --by gateway goes with --count", {exitCode: 2})
  }
  const untilSure = flags['until-sure'] || (count === undefined && !hasOtherEnd(flags) && env['CI'] === 'true' && hasExpectation && by !== 'gateway')
  if (untilSure) return {type: 'until-sure', max: flags.max ?? DEFAULT_MAX, budgetMs: parseDuration(flags.budget ?? DEFAULT_BUDGET, '--budget')}
  if (flags.max !== undefined || flags.budget !== undefined) {
    throw new UserError('--max and --budget bound a probe that goes on until it is sure', {hint: 'add --until-sure', exitCode: 2})
  }
  if (hold !== undefined) return {type: 'hold', count: count ?? DEFAULT_COUNT, holdMs: parseDuration(hold, '--hold')}
  if (duration !== undefined) return {type: 'count', count: Infinity, durationMs: parseDuration(duration, '--duration')}
  return {type: 'count', count: count ?? DEFAULT_COUNT}
}

function hasOtherEnd({duration, hold}: ModeFlags): boolean {
  return duration !== undefined || hold !== undefined
}
