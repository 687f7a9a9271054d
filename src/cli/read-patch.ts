import {readFile} from 'node:fs/promises'
import {goJsonError} from '../api/go-json-error.js'
import {parseYaml} from '../api/manifest/parse-yaml.js'
import {toJson} from '../api/manifest/to-json.js'
import {Unreadable} from '../api/manifest/unreadable.js'
import type {Json} from '../api/object.js'
import {UserError} from '../base/user-error.js'

/** A patch, or why one that begins as JSON is none, in Go's words: kubectl leaves that to whoever applies it. */
export type PatchText = {readonly type: 'read'; readonly body: Json} | {readonly type: 'broken'; readonly why: string}

/** What `-p` says or the file of `--patch-file` holds, JSON or YAML. Throws a UserError in kubectl's words for neither, both and unreadable ones. */
export async function readPatch({
  patch,
  'patch-file': file,
}: {
  readonly patch?: string | undefined
  readonly 'patch-file'?: string | undefined
}): Promise<PatchText> {
  const isEmpty = (patch ?? '') === ''
  if (isEmpty && file === undefined) throw new UserError('must specify --patch or --patch-file containing the contents of the patch')
  if (!isEmpty && file !== undefined) throw new UserError('cannot specify --patch and --patch-file together')
  const text = file === undefined ? (patch ?? '') : await readText(file)
  const why = /^\s*\{/.test(text) ? goJsonError(text) : undefined
  if (why !== undefined) return {type: 'broken', why}
  try {
    const root = parseYaml(text)
    return {type: 'read', body: root === null ? null : toJson(root).value}
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    throw new UserError(`unable to parse ${JSON.stringify(text)}: yaml: ${error.message}`)
  }
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    const {code, message} = error as NodeJS.ErrnoException
    throw new UserError(`unable to read patch file: open ${file}: ${code === 'ENOENT' ? 'no such file or directory' : message}`)
  }
}
