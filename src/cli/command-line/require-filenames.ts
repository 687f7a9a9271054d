import {UserError} from '../../base/user-error.js'

/** `-f` or `-k` is what says what to work on: throws where both are missing. */
export function requireFilenames(filenames: readonly string[] | undefined): readonly string[] {
  if (filenames !== undefined && filenames.length > 0) return filenames
  throw new UserError('must specify one of -f and -k')
}
