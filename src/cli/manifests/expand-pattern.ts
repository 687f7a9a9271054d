import {readdir, stat} from 'node:fs/promises'
import path from 'node:path'
import {UserError} from '../../base/user-error.js'

/**
 * The files a pattern means that the shell left alone (`-f 'dir/*.yaml'`); a path that exists, or is no pattern, means itself.
 * Throws kubectl's UserErrors where nothing fits or the pattern is none. Source: cli-runtime `expandIfFilePattern`, Go `filepath.Glob`.
 */
export async function expandPattern(pattern: string): Promise<readonly string[]> {
  if (!isPattern(pattern) || (await exists(pattern))) return [pattern]
  const found = await filesLike(pattern)
  if (found.length === 0) throw new UserError(`the path "${pattern}" does not exist`)
  return found
}

type Fits = (name: string) => boolean

/** Segment by segment: what is no pattern is taken as it is, for the others directories are read. */
async function filesLike(pattern: string): Promise<readonly string[]> {
  const segments = pattern.split('/').map((segment) => (isPattern(segment) ? compile(segment, pattern) : segment))
  let found: readonly string[] = [pattern.startsWith('/') ? '/' : '']
  for (const segment of segments) {
    const lists = await Promise.all(
      found.map(async (directory) => (typeof segment === 'string' ? [path.join(directory, segment)] : namesIn(directory, segment))),
    )
    found = lists.flat()
  }
  const present = await Promise.all(found.map(exists))
  return found.filter((_, index) => present[index])
}

async function namesIn(directory: string, fits: Fits): Promise<readonly string[]> {
  // what cannot be read holds nothing that fits, as with Go
  const names = await readdir(directory === '' ? '.' : directory).catch(() => [])
  return names.filter(fits).sort().map((name) => path.join(directory, name))
}

function isPattern(segment: string): boolean {
  return /[*?[\\]/.test(segment)
}

/** `*`, `?`, `[a-z]`, `[^a]` and `\` before a character that stands for itself, within one name. Source: Go `filepath.Match`. */
function compile(segment: string, pattern: string): Fits {
  const pieces = [...segment.matchAll(/\\(.)|\[(\^?)((?:\\.|[^\]\\])+)\]|([*?])|([^[\\])|(.)/gsu)].map(([, escaped, not, set, wild, plain]) => {
    if (set !== undefined) return `[${not}${set}]`
    if (wild !== undefined) return wild === '*' ? '.*' : '.'
    const literal = escaped ?? plain
    if (literal === undefined) throw badPattern(pattern)
    return literal.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  })
  try {
    const expression = new RegExp(`^${pieces.join('')}$`, 'su')
    return (name) => expression.test(name)
  } catch {
    throw badPattern(pattern) // a range such as [z-a]
  }
}

function badPattern(pattern: string): UserError {
  return new UserError(`pattern "${pattern}" is not valid: syntax error in pattern`)
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    (error: NodeJS.ErrnoException) => error.code !== 'ENOENT',
  )
}
