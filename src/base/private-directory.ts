import {constants, accessSync, existsSync, mkdirSync, statSync} from 'node:fs'
import path from 'node:path'

/**
 * Makes sure that `directory` is there and that we may write in it. What has to be created, parents included, is for its owner only (0700);
 * what is there keeps its mode, because the user may have named a directory of his own. Throws the system's error (ENOTDIR, EEXIST, EACCES, EROFS, …).
 */
export function makePrivateDirectory(directory: string): void {
  create(path.resolve(directory))
  accessSync(directory, constants.R_OK | constants.W_OK | constants.X_OK)
}

/** Not `mkdirSync` with `recursive`: Node 20's never returns where a parent exists in which nothing can be created, such as /proc. */
function create(directory: string): void {
  const parent = path.dirname(directory)
  try {
    mkdirSync(directory, 0o700)
  } catch (error) {
    if (isDirectory(directory)) return
    if (codeOf(error) !== 'ENOENT' || existsSync(parent)) throw error
    create(parent)
    create(directory)
  }
}

function isDirectory(file: string): boolean {
  return statSync(file, {throwIfNoEntry: false})?.isDirectory() ?? false
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}
