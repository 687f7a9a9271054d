import {parseDuration} from '../duration.js'
import type {ProbeMode} from '../verbs/probe.js'

const DEFAULT_COUNT = 100

/** As the flags say; without any, until sure in CI (where there are weights to be sure of) and a hundred connections for a person. */
export function probeMode(
  flags: {count?: number | undefined; 'until-sure': boolean; max: number; budget: string},
  hasExpectation: boolean,
  env: Readonly<Record<string, string | undefined>>,
): ProbeMode {
  const untilSure = flags['until-sure'] || (flags.count === undefined && env['CI'] === 'true' && hasExpectation)
  if (untilSure) return {type: 'until-sure', max: flags.max, budgetMs: parseDuration(flags.budget, '--budget')}
  return {type: 'count', count: flags.count ?? DEFAULT_COUNT}
}
