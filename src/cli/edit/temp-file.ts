import {randomInt} from 'node:crypto'
import {readFile, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import path from 'node:path'
import {UserError} from '../../base/user-error.js'
import type {EditFormat} from './edit-text.js'

/** Writes what is to be edited to a file that only its user may read; returns the file's name. */
export async function writeEditFile(text: string, format: EditFormat): Promise<string> {
  const file = path.join(tmpdir(), `tshift-edit-${randomInt(2 ** 32)}.${format}`)
  await writeFile(file, text, {mode: 0o600, flag: 'wx'})
  return file
}

/** What the editor left. Throws a UserError where it left nothing. */
export async function readEditFile(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: unknown) => {
    const {code, message} = error as NodeJS.ErrnoException
    throw new UserError(`open ${file}: ${code === 'ENOENT' ? 'no such file or directory' : message}`)
  })
}

export async function removeEditFile(file: string): Promise<void> {
  await rm(file, {force: true})
}
