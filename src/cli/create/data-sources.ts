import {readdir, readFile, stat} from 'node:fs/promises'
import path from 'node:path'
import {UserError} from '../../base/user-error.js'
import {configKeyProblem, requireVariableName} from './key-name.js'

/** What `--from-literal`, `--from-file` and `--from-env-file` name, as they were given. */
export interface DataSources {
  readonly literals: readonly string[]
  readonly files: readonly string[]
  readonly envFiles: readonly string[]
}

/** A key with its bytes. */
export interface DataEntry {
  readonly key: string
  readonly value: Buffer
}

/**
 * Reads everything a ConfigMap or Secret is made of, in the order kubectl adds it: files, literals; or files of variables.
 * Throws a UserError for what cannot be read or is not written as it should be. Source: kubectl `create_configmap.go`.
 */
export async function readData({literals, files, envFiles}: DataSources, env: NodeJS.ProcessEnv): Promise<readonly DataEntry[]> {
  if (envFiles.length > 0 && (files.length > 0 || literals.length > 0)) throw new UserError('from-env-file cannot be combined with from-file or from-literal')
  const entries: DataEntry[] = []
  for (const file of files) entries.push(...(await readFileSource(file)))
  for (const literal of literals) entries.push(parseLiteral(literal))
  for (const file of envFiles) entries.push(...(await readEnvFile(file, env)))
  return entries
}

function parseLiteral(source: string): DataEntry {
  const at = source.indexOf('=')
  if (at < 1) throw new UserError(`invalid literal source ${source}, expected key=value`)
  return {key: source.slice(0, at), value: Buffer.from(source.slice(at + 1))}
}

async function readFileSource(source: string): Promise<readonly DataEntry[]> {
  const {key, file} = parseFileSource(source)
  const info = await stat(file).catch((error: unknown) => {
    throw unreadable(file, error)
  })
  if (!info.isDirectory()) return [{key: key ?? path.basename(file), value: await readFile(file)}]
  if (key !== undefined) throw new UserError('cannot give a key name for a directory path')
  return readDirectory(file)
}

/** Only plain files count whose names can be keys. */
async function readDirectory(directory: string): Promise<readonly DataEntry[]> {
  const names = (await readdir(directory, {withFileTypes: true}))
    .filter((entry) => entry.isFile() && configKeyProblem(entry.name) === undefined)
    .map(({name}) => name)
  return Promise.all(names.sort().map(async (key) => ({key, value: await readFile(path.join(directory, key))})))
}

function parseFileSource(source: string): {readonly key?: string; readonly file: string} {
  const [first = '', second, ...rest] = source.split('=')
  if (second === undefined) return {file: first}
  if (rest.length > 0) throw new UserError("key names or file paths cannot contain '='")
  if (first === '') throw new UserError(`key name for file path ${second} missing`)
  if (second === '') throw new UserError(`file path for key name ${first} missing`)
  return {key: first, file: second}
}

async function readEnvFile(file: string, env: NodeJS.ProcessEnv): Promise<readonly DataEntry[]> {
  const info = await stat(file).catch((error: unknown) => {
    throw unreadable(file, error)
  })
  if (info.isDirectory()) throw new UserError('env config file cannot be a directory')
  const text = (await readFile(file, 'utf8')).replace(/^\ufeff/, '')
  return text.split(/\r?\n/).flatMap((line) => parseVariable(line, env))
}

/** `KEY=value`; `KEY` alone takes its value from the environment; empty lines and comments are nothing. Source: kubectl `env_file.go`. */
function parseVariable(line: string, env: NodeJS.ProcessEnv): readonly DataEntry[] {
  const text = line.trimStart()
  if (text === '' || text.startsWith('#')) return []
  const at = text.indexOf('=')
  const key = at === -1 ? text : text.slice(0, at)
  requireVariableName(key)
  return [{key, value: Buffer.from(at === -1 ? (env[key] ?? '') : text.slice(at + 1))}]
}

function unreadable(file: string, error: unknown): UserError {
  const {code, message} = error as NodeJS.ErrnoException
  if (code === 'ENOENT') return new UserError(`error reading ${file}: no such file or directory`)
  return new UserError(`error reading ${file}: ${code === 'EACCES' ? 'permission denied' : message}`)
}
