import {access, constants, stat} from 'node:fs/promises'
import path from 'node:path'

/** The file that `name` starts, as a shell would find it in `searchPath`; undefined where there is none. A name with a slash is taken as it is. */
export async function findExecutable(name: string, searchPath: string): Promise<string | undefined> {
  const candidates = name.includes('/') ? [name] : searchPath.split(path.delimiter).map((directory) => path.join(directory || '.', name))
  for (const candidate of candidates) {
    if (await isExecutable(candidate)) return candidate
  }
  return undefined
}

async function isExecutable(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK)
    return (await stat(file)).isFile()
  } catch {
    return false // not there, or not ours to run: all the same to a search
  }
}
