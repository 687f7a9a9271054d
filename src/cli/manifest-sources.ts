import {readdir, readFile, stat} from 'node:fs/promises'
import path from 'node:path'
import {UserError} from '../base/user-error.js'

/** A text with the name errors call it by. */
export interface SourceText {
  readonly name: string
  readonly text: string
}

export interface SourceOptions {
  /** What `-f` was given: files, directories, `-`, http(s) URLs. */
  readonly filenames: readonly string[]
  readonly recursive: boolean
  readonly stdin: AsyncIterable<Buffer | string>
}

const EXTENSIONS = new Set(['.yaml', '.yml', '.json'])
const LIMIT_BYTES = 64 * 1024 * 1024
const URL_TIMEOUT_MS = 30_000

/** Reads everything `-f` names, in order. Throws a UserError that says which source and why. */
export async function* readSources(options: SourceOptions): AsyncIterable<SourceText> {
  for (const filename of options.filenames) {
    if (filename === '-') yield {name: 'STDIN', text: await readStream('STDIN', options.stdin)}
    else if (/^https?:\/\//.test(filename)) yield {name: filename, text: await readUrl(filename)}
    else yield* readPath(filename, options.recursive)
  }
}

async function* readPath(file: string, recursive: boolean): AsyncIterable<SourceText> {
  const info = await stat(file).catch((error: unknown) => {
    throw unreadable(file, error)
  })
  if (!info.isDirectory()) return yield await readOne(file, info.size)
  for (const child of await filesIn(file, recursive)) yield await readOne(child, (await stat(child)).size)
}

async function filesIn(directory: string, recursive: boolean): Promise<readonly string[]> {
  const entries = (await readdir(directory, {withFileTypes: true})).sort((a, b) => (a.name < b.name ? -1 : 1))
  const found: string[] = []
  for (const entry of entries) {
    const full = path.join(directory, entry.name)
    if (entry.isDirectory() && recursive) found.push(...(await filesIn(full, recursive)))
    else if (!entry.isDirectory() && EXTENSIONS.has(path.extname(entry.name))) found.push(full)
  }
  return found
}

async function readOne(file: string, size: number): Promise<SourceText> {
  if (size > LIMIT_BYTES) throw tooLarge(file)
  try {
    return {name: file, text: await readFile(file, 'utf8')}
  } catch (error) {
    throw unreadable(file, error)
  }
}

async function readUrl(url: string): Promise<string> {
  const response = await fetch(url, {signal: AbortSignal.timeout(URL_TIMEOUT_MS)}).catch((error: unknown) => {
    throw new UserError(`unable to read URL "${url}": ${(error as {cause?: Error}).cause?.message ?? (error as Error).message}`)
  })
  if (!response.ok) throw new UserError(`unable to read URL "${url}", server reported ${response.status} ${response.statusText}, status code=${response.status}`)
  return response.body === null ? '' : readStream(url, response.body as AsyncIterable<Uint8Array>)
}

async function readStream(name: string, stream: AsyncIterable<Uint8Array | string>): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of stream) {
    const buffer = Buffer.from(chunk as Uint8Array)
    size += buffer.length
    if (size > LIMIT_BYTES) throw tooLarge(name)
    chunks.push(buffer)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function tooLarge(name: string): UserError {
  return new UserError(`"${name}" is larger than ${LIMIT_BYTES / 1024 / 1024} MiB`, {hint: 'split it into smaller files'})
}

function unreadable(file: string, error: unknown): UserError {
  const {code} = error as NodeJS.ErrnoException
  if (code === 'ENOENT') return new UserError(`the path "${file}" does not exist`)
  if (code === 'EACCES') return new UserError(`the path "${file}" cannot be accessed: permission denied`)
  return new UserError(`the path "${file}" cannot be read: ${(error as Error).message}`)
}
