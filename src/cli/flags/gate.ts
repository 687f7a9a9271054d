import {Flags} from '@oclif/core'
import {UserError} from '../../base/user-error.js'
import {parseErrorLimit, type ErrorLimit} from '../../tally/error-limit.js'
import {parseThreshold, type Threshold} from '../../tally/threshold.js'
import {DEFAULT_TOLERANCE, parseTolerance, type Tolerance} from '../../tally/tolerance.js'
import {repeatable} from './repeatable.js'

/** How a split is judged; the same for probe and tally. */
export const gateFlags = {
  expect: Flags.string({description: 'the weights, by answer', helpValue: 'one=80,two=20', helpGroup: 'GATE'}),
  tolerance: Flags.string({description: 'how far a share may be off: 5 (points) or 10% (of each weight)', helpValue: 'T', helpGroup: 'GATE'}),
  alpha: Flags.string({description: 'chance of failing a right split', default: '0.001', helpValue: 'P', helpGroup: 'GATE'}),
  'alpha-pass': Flags.string({
    description: 'chance of passing a split that is off by more than the tolerance',
    default: '0.05',
    helpValue: 'P',
    helpGroup: 'GATE',
  }),
  'max-errors': Flags.string({description: 'connections that may fail: 3 or 1%', helpValue: 'N', helpGroup: 'GATE'}),
  'require-random': Flags.boolean({description: 'fail where the answers do not come in random order', default: false, helpGroup: 'GATE'}),
  threshold: Flags.string({
    description: "a limit of its own: 'p(99)<20ms', 'share(v2)<25', 'errors<0.1%', 'count(v1)>=10' (repeatable)",
    helpValue: 'EXPR',
    ...repeatable,
    helpGroup: 'GATE',
  }),
}

export interface GateFlags {
  readonly tolerance?: string | undefined
  readonly alpha: string
  readonly 'alpha-pass': string
  readonly 'max-errors'?: string | undefined
  readonly 'require-random': boolean
  readonly threshold?: readonly string[] | undefined
}

export interface GateOptions {
  readonly tolerance: Tolerance
  readonly alpha: number
  readonly alphaPass: number
  readonly errorLimit?: ErrorLimit
  readonly requireRandom: boolean
  readonly thresholds: readonly Threshold[]
}

/** Throws a UserError with exit code 2 for what cannot be read. */
export function gateOptions(flags: GateFlags): GateOptions {
  const limit = flags['max-errors']
  return {
    tolerance: flags.tolerance === undefined ? DEFAULT_TOLERANCE : parseTolerance(flags.tolerance),
    alpha: parseChance(flags.alpha, '--alpha'),
    alphaPass: parseChance(flags['alpha-pass'], '--alpha-pass'),
    ...(limit === undefined ? {} : {errorLimit: parseErrorLimit(limit)}),
    requireRandom: flags['require-random'],
    thresholds: (flags.threshold ?? []).map(parseThreshold),
  }
}

function parseChance(text: string, flag: string): number {
  const chance = Number(text)
  if (chance > 0 && chance < 1) return chance
  throw new UserError(`${flag} is a chance between 0 and 1, not "${text}"`, {exitCode: 2})
}
