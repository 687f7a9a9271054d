import {spawn} from 'node:child_process'
import {once} from 'node:events'
import {readdir, readFile} from 'node:fs/promises'
import path from 'node:path'
import {createTwoFilesPatch} from 'diff'
import {UserError} from '../../base/user-error.js'

export interface ComparedDirectories {
  readonly live: string
  readonly merged: string
}

export interface Comparing {
  /** `$KUBECTL_EXTERNAL_DIFF`: a program and its arguments. */
  readonly external: string | undefined
  readonly out: (text: string) => void
}

/**
 * Shows how two directories of files differ: with the program that the user has set, else with `diff`, else by ourselves in the same format.
 * The result is the exit code: 0 same, 1 different, more for trouble.
 */
export async function compareDirectories(directories: ComparedDirectories, {external, out}: Comparing): Promise<number> {
  const [program = 'diff', ...words] = external === undefined || external === '' ? ['diff', '-u', '-N'] : external.split(' ').filter((word) => word !== '')
  // as kubectl: a variable is no place for shell code
  const given = words.filter((word) => /^[a-zA-Z0-9-=]+$/.test(word))
  const code = await run(program, [...given, directories.live, directories.merged])
  if (code !== undefined) return code
  if (external !== undefined && external !== '') throw new UserError(`executable file not found in $PATH: ${program}`, {exitCode: 2})
  return compareHere(directories, out)
}

/** The exit code; undefined where there is no such program. */
async function run(program: string, argv: readonly string[]): Promise<number | undefined> {
  const child = spawn(program, argv, {stdio: ['inherit', 'inherit', 'inherit']})
  try {
    const [code] = (await once(child, 'close')) as [number | null]
    return code ?? 2
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

async function compareHere({live, merged}: ComparedDirectories, out: (text: string) => void): Promise<number> {
  const names = [...new Set([...(await readdir(live)), ...(await readdir(merged))])].sort()
  let code = 0
  for (const name of names) {
    const files = [path.join(live, name), path.join(merged, name)] as const
    const [before, after] = [await textOf(files[0]), await textOf(files[1])]
    if (before === after) continue
    code = 1
    const [, , ...lines] = createTwoFilesPatch(...files, before, after).split('\n')
    out([`diff -u -N ${files.join(' ')}`, `--- ${files[0]}`, `+++ ${files[1]}`, ...lines.slice(2)].join('\n'))
  }
  return code
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '' // there on one side only
    throw error
  }
}
