import {UserError} from '../../base/user-error.js'
import type {Lease} from '../../shift/lease.js'
import {spokenName, typedName} from '../../shift/shifted-object.js'
import type {ShiftRef} from './record-store.js'

/** The refusal where another process drives the shift: the answer to the question could not be had, so exit status 2. */
export function heldBy(ref: ShiftRef, {pid}: Lease): UserError {
  return new UserError(`${spokenName(ref)} is being shifted by process ${pid}`, {
    hint: `look at it with 'tshift shift status ${typedName(ref)}'; 'tshift shift abort ${typedName(ref)}' ends it`,
    exitCode: 2,
  })
}
