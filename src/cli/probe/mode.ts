import {UserError} from '../../base/user-error.js'
import {parseDuration} from '../duration.js'
import type {ProbeMode} from '../verbs/probe.js'

const DEFAULT_COUNT = 100

/** As the flags say; without any, until sure in CI (where there are weights to be sure of) and a hundred connections for a person. */
export function probeMode(
  flags: {count?: number | undefined; 'until-sure': boolean; max: number; budget: string; by: string},
  hasExpectation: boolean,
  env: Readonly<Record<string, string | undefined>>,
): ProbeMode {
  if (flags['until-sure'] && flags.by === 'gateway') {
    throw new UserError("the gateway's counts are taken once, at the end: --by gateway goes with --count", {exitCode: 2})
  }
  const untilSure = flags['until-sure'] || (flags.count === undefined && env['CI'] === 'true' && hasExpectation)
  if (untilSure) return {type: 'until-sure', max: flags.max, budgetMs: parseDuration(flags.budget, '--budget')}
  return {type: 'count', count: flags.count ?? DEFAULT_COUNT}
}
