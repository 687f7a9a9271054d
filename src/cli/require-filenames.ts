import {UserError} from '../base/user-error.js'

/** `-f` is what says what to work on: throws where it is missing. */
export function requireFilenames(filenames: readonly string[] | undefined): readonly string[] {
  if (filenames !== undefined && filenames.length > 0) return filenames
  throw new UserError('must specify --filename (-f)', {hint: 'name a file, a directory, a URL, or - for standard input with -f'})
}
