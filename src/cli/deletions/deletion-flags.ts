import {Flags} from '@oclif/core'
import {UserError} from '../../base/user-error.js'
import type {Propagation} from '../../resources/deletion.js'
import {goDuration} from '../go-duration.js'

/** How objects are deleted, for `delete` and for what deletes on the way. */
export const deletionFlags = {
  cascade: Flags.string({
    description: 'dependants: background (deleted afterwards), foreground (before) or orphan (kept)',
    default: 'background',
    helpValue: 'HOW',
  }),
  'grace-period': Flags.integer({description: 'seconds a pod gets to end by itself; 0 only with --force', helpValue: 'SECONDS', default: -1}),
  force: Flags.boolean({description: 'remove pods at once, without waiting for their end', default: false}),
  timeout: Flags.string({description: 'how long to wait, e.g. 30s; 0 is for ever', helpValue: 'DURATION', default: '0s'}),
  wait: Flags.boolean({description: 'wait until the objects are gone', default: true, allowNo: true}),
}

/** `--cascade`, its old boolean values too. Throws kubectl's UserError. `warning` is for stderr. */
export function propagationOf(cascade: string): {readonly propagation: Propagation; readonly warning?: string} {
  switch (cascade) {
    case 'background':
    case 'foreground':
    case 'orphan':
      return {propagation: cascade}
    case 'true':
    case 'false': {
      const propagation = cascade === 'true' ? 'background' : 'orphan'
      return {propagation, warning: `warning: --cascade=${cascade} is deprecated (boolean value) and can be replaced with --cascade=${propagation}.`}
    }
    default:
      throw new UserError(`invalid cascade value (${cascade}). Must be "background", "foreground", or "orphan"`)
  }
}

export interface Grace {
  /** undefined: what the pod asks for. */
  readonly gracePeriodSeconds?: number
  readonly isForced: boolean
}

/** What `--grace-period`, `--now` and `--force` mean together. Throws kubectl's UserError where they contradict. Source: kubectl `delete.go`. */
export function graceOf({
  'grace-period': period,
  now = false,
  force,
}: {
  readonly 'grace-period': number
  readonly now?: boolean
  readonly force: boolean
}): Grace {
  if (now && period !== -1) throw new UserError('--now and --grace-period cannot be specified together')
  if (force && (now || period > 0)) throw new UserError('--force and --grace-period greater than 0 cannot be specified together')
  if (force) return {gracePeriodSeconds: 0, isForced: true}
  if (now || period === 0) return {gracePeriodSeconds: 1, isForced: false} // nothing is removed at once unless that is said twice
  return period < 0 ? {isForced: false} : {gracePeriodSeconds: period, isForced: false}
}

export const FORCE_WARNING =
  'Warning: Immediate deletion does not wait for confirmation that the running resource has been terminated. The resource may continue to run on the cluster indefinitely.'

/** Milliseconds; 0 waits for ever. Throws a UserError in kubectl's words. */
export function timeoutMsOf({timeout}: {readonly timeout: string}, verb: string): number {
  return goDuration(timeout, 'timeout', verb)
}
