import {createReadStream} from 'node:fs'
import {readdir, readFile, stat} from 'node:fs/promises'
import path from 'node:path'
import {setTimeout as sleep} from 'node:timers/promises'
import {UserError} from '../../base/user-error.js'
import {buildKustomization} from './build-kustomization.js'
import {decodeText} from './decode-text.js'
import {expandPattern} from './expand-pattern.js'

/** A text with the name errors call it by. */
export interface SourceText {
  readonly name: string
  readonly text: string
}

export interface SourceOptions {
  /** What `-f` was given: files, directories, patterns, `-`, http(s) URLs; and `kustomizationSource` of what `-k` was. */
  readonly filenames: readonly string[]
  readonly recursive: boolean
  readonly stdin: AsyncIterable<Buffer | string>
}

const EXTENSIONS = ['.json', '.yaml', '.yml']
const KUSTOMIZATION = 'kustomization:'
/** As `parseManifest` has it in characters: what is larger is not worth reading. */
const LIMIT_BYTES = 16 * 1024 * 1024
const URL_TIMEOUT_MS = 30_000
/** As kubectl: three attempts, a second between them, where the server has trouble. */
const URL_ATTEMPTS = 3
const URL_PAUSE_MS = 1000

/** How a directory that has to go through kustomize is named among `filenames`. */
export function kustomizationSource(directory: string): string {
  return `${KUSTOMIZATION}${directory}`
}

/** Reads everything `-f` and `-k` name, in order. Throws a UserError that says which source and why. */
export async function* readSources(options: SourceOptions): AsyncIterable<SourceText> {
  for (const filename of options.filenames) {
    if (filename === '-') yield {name: 'STDIN', text: await readStream('STDIN', options.stdin)}
    else if (/^https?:\/\//.test(filename)) yield {name: filename, text: await readUrl(filename)}
    else if (filename.startsWith(KUSTOMIZATION)) yield await readKustomization(filename.slice(KUSTOMIZATION.length))
    else for (const file of await expandPattern(filename)) yield* readPath(file, options.recursive)
  }
}

async function readKustomization(directory: string): Promise<SourceText> {
  return {name: directory, text: await buildKustomization(directory)}
}

async function* readPath(file: string, recursive: boolean): AsyncIterable<SourceText> {
  const info = await stat(file).catch((error: unknown) => {
    throw unreadable(file, error)
  })
  if (!info.isDirectory()) return yield await readOne(file, info.size)
  const children = await filesIn(file, recursive)
  if (children.length === 0) throw new UserError(`error reading [${file}]: recognized file extensions are [${EXTENSIONS.join(' ')}]`)
  for (const child of children) yield await readOne(child, await sizeOf(child))
}

/** A link may lead nowhere. Source of the words: Go `os.Open`, as kubectl passes them on. */
async function sizeOf(file: string): Promise<number> {
  const {size} = await stat(file).catch((error: unknown) => {
    throw (error as NodeJS.ErrnoException).code === 'ENOENT' ? new UserError(`open ${file}: no such file or directory`) : unreadable(file, error)
  })
  return size
}

async function filesIn(directory: string, recursive: boolean): Promise<readonly string[]> {
  const entries = (await readdir(directory, {withFileTypes: true})).sort((a, b) => (a.name < b.name ? -1 : 1))
  const found: string[] = []
  for (const entry of entries) {
    const full = path.join(directory, entry.name)
    if (entry.isDirectory() && recursive) found.push(...(await filesIn(full, recursive)))
    else if (!entry.isDirectory() && EXTENSIONS.includes(path.extname(entry.name))) found.push(full)
  }
  return found
}

async function readOne(file: string, size: number): Promise<SourceText> {
  if (size > LIMIT_BYTES) throw tooLarge(file)
  try {
    // What tells no size, such as a device, may have no end either.
    return {name: file, text: size === 0 ? await readStream(file, createReadStream(file)) : decodeText(await readFile(file))}
  } catch (error) {
    throw error instanceof UserError ? error : unreadable(file, error)
  }
}

async function readUrl(url: string): Promise<string> {
  for (let attempt = 1; ; attempt++) {
    const response = await fetch(url, {signal: AbortSignal.timeout(URL_TIMEOUT_MS)}).catch((error: unknown) => {
      if (attempt < URL_ATTEMPTS) return undefined
      throw new UserError(`unable to read URL "${url}": ${(error as {cause?: Error}).cause?.message ?? (error as Error).message}`)
    })
    if (response?.ok === true) return response.body === null ? '' : readStream(url, response.body as AsyncIterable<Uint8Array>)
    if (response !== undefined && (response.status < 500 || attempt === URL_ATTEMPTS)) throw refusedUrl(url, response)
    await response?.body?.cancel()
    await sleep(URL_PAUSE_MS)
  }
}

function refusedUrl(url: string, {status, statusText}: Response): UserError {
  return new UserError(`unable to read URL "${url}", server reported ${status} ${statusText}, status code=${status}`)
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
  return decodeText(Buffer.concat(chunks))
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
