import {readdir, stat} from 'node:fs/promises'
import path from 'node:path'
import {UserError} from '../../base/user-error.js'

const EXTENSIONS = ['.json', '.yaml', '.yml']

export interface FindOptions {
  readonly recursive: boolean
  /** Told of every file that is passed over. */
  readonly say: (line: string) => void
}

/**
 * The files that arguments name, as istioctl finds them: directories stand for what is in them, in order; other extensions are passed over with
 * a note; `-` and URLs stay as they are. Throws a UserError where there is no such file.
 */
export async function findFiles(args: readonly string[], options: FindOptions): Promise<readonly string[]> {
  const found: string[] = []
  for (const arg of args) {
    if (arg === '-' || /^https?:\/\//.test(arg)) found.push(arg)
    else if ((await statOf(arg)).isDirectory()) found.push(...(await filesBelow(arg, options)))
    else if (isManifest(arg, options)) found.push(arg)
  }
  return found
}

async function statOf(file: string): ReturnType<typeof stat> {
  return stat(file).catch((error: NodeJS.ErrnoException) => {
    const reason = error.code === 'ENOENT' ? 'no such file or directory' : error.message
    throw new UserError(`stat ${file}: ${reason}`, {cause: error})
  })
}

async function filesBelow(directory: string, options: FindOptions): Promise<readonly string[]> {
  const found: string[] = []
  const entries = (await readdir(directory, {withFileTypes: true})).sort((a, b) => (a.name < b.name ? -1 : 1))
  for (const entry of entries) {
    const file = path.join(directory, entry.name)
    if (!entry.isDirectory() && isManifest(file, options)) found.push(file)
    if (entry.isDirectory() && options.recursive) found.push(...(await filesBelow(file, options)))
  }
  return found
}

function isManifest(file: string, {say}: FindOptions): boolean {
  if (EXTENSIONS.includes(path.extname(file))) return true
  say(`Skipping file ${file}, recognized file extensions are: [${EXTENSIONS.join(' ')}]`)
  return false
}
