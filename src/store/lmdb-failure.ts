import {constants} from 'node:os'
import {UserError} from '../base/user-error.js'

const ELSEWHERE = 'choose another place with TSHIFT_HOME'
const AFRESH = 'move the directory away, or delete it, and apply your files again'

/** What a code means to the user, and the mend. The system's codes come by name from Node and by number from LMDB, whose own are in lmdb.h. */
const REASONS: readonly (readonly [codes: readonly (string | number)[], reason: string, hint: string])[] = [
  [['EACCES', 'EPERM', constants.errno.EACCES, constants.errno.EPERM], 'permission denied', ELSEWHERE],
  [['EROFS', constants.errno.EROFS], 'the file system is read-only', ELSEWHERE],
  [['ENOTDIR', 'EEXIST', constants.errno.ENOTDIR], 'it is not a directory', ELSEWHERE],
  [['ENOENT', constants.errno.ENOENT], 'it cannot be created there', ELSEWHERE],
  [['ENOSPC', 'EDQUOT', constants.errno.ENOSPC, constants.errno.EDQUOT], 'no space left on the device', `make room, or ${ELSEWHERE}`],
  // LMDB says this of a write that got through in part, which is what a device does when it fills up.
  [[constants.errno.EIO], 'the device is full, or fails', `make room, or ${ELSEWHERE}`],
  [[-30797, -30796, -30795, -30793], 'its data file is damaged', AFRESH],
  [[-30794], 'it was written by another version of LMDB', AFRESH],
  [[-30790], 'too many processes use it at once', 'end some of them'],
]

type Act = 'open' | 'read from' | 'write to'

/**
 * The error to show for what went wrong while doing `act` with the store in `directory`. What neither the system nor LMDB refused is a bug and passes
 * through.
 */
export function toStoreFailure(act: Act, directory: string, error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error
  const {code} = error
  if (typeof code === 'string' && code.startsWith('ERR_')) return error
  const [, reason, hint] = REASONS.find(([codes]) => codes.some((known) => known === code)) ?? [[], error.message, ELSEWHERE]
  return new UserError(`cannot ${act} the state store in ${directory}: ${reason}`, {hint, cause: error})
}

/** The store's files must not be mapped into memory, because the system would end the process at the first page it has no room for. */
export function noSpaceLeft(directory: string): UserError {
  return new UserError(`cannot open the state store in ${directory}: no space left on the device`, {hint: `make room, or ${ELSEWHERE}`})
}

/** The store's data file cannot be used; `damage` says why. */
export function damagedStore(directory: string, damage: string): UserError {
  return new UserError(`cannot open the state store in ${directory}: its data file is damaged: ${damage}`, {hint: AFRESH})
}
