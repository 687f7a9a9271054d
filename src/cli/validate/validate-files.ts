import {readdir, stat} from 'node:fs/promises'
import path from 'node:path'
import {parseManifest} from '../../api/manifest/manifest.js'
import {UserError} from '../../base/user-error.js'
import {readSources} from '../manifests/manifest-sources.js'
import {validateDocument} from './validate-document.js'

/** What is to be said of the files, in the order it is said. */
export interface Validation {
  readonly errors: readonly string[]
  /** A file that was read, with its warnings. `-` is standard input. */
  readonly files: readonly {readonly name: string; readonly warnings: readonly string[]}[]
  readonly notes: readonly string[]
}

const EXTENSIONS = new Set(['.json', '.yaml', '.yml'])

/** Validates files, everything below directories, and `-`. What cannot be read is an error among the others (istioctl validateFiles). */
export async function validateFiles(filenames: readonly string[], stdin: AsyncIterable<Buffer | string>): Promise<Validation> {
  const errors: string[] = []
  const notes: string[] = []
  const files: {name: string; warnings: readonly string[]}[] = []
  for (const filename of filenames) {
    const found = await filesAt(filename)
    if (typeof found === 'string') errors.push(found)
    else {
      for (const file of found) {
        const verdict = await validateFile(file, stdin)
        errors.push(...verdict.errors)
        notes.push(...verdict.notes)
        files.push(...verdict.files)
      }
    }
  }
  return {errors, files: distinct(files), notes}
}

/** The files a name stands for, or why there are none. */
async function filesAt(filename: string): Promise<readonly string[] | string> {
  if (filename === '-') return [filename]
  try {
    const info = await stat(filename)
    return info.isDirectory() ? await filesBelow(filename) : [filename]
  } catch (error) {
    return `cannot stat file ${JSON.stringify(filename)}: stat ${filename}: ${reasonOf(error)}`
  }
}

async function filesBelow(directory: string): Promise<readonly string[]> {
  const names = (await readdir(directory, {recursive: true, withFileTypes: true})).filter((entry) => entry.isFile() && EXTENSIONS.has(path.extname(entry.name)))
  return names.map((entry) => path.join(entry.parentPath, entry.name)).sort()
}

async function validateFile(name: string, stdin: AsyncIterable<Buffer | string>): Promise<Validation> {
  try {
    for await (const {text} of readSources({filenames: [name], recursive: false, stdin})) return validateText(name, text)
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return {errors: [`cannot read file ${JSON.stringify(name)}: ${error.message}`], files: [], notes: []}
  }
  return {errors: [], files: [], notes: []}
}

function validateText(name: string, text: string): Validation {
  const verdicts = parseManifest(text, name).map((result) =>
    // two spaces: go-multierror's prefix adds one to the prefix's own
    result.type === 'problem' ? {errors: [`failed to decode file ${name}:  ${result.message}`], warnings: [], notes: []} : validateDocument(result),
  )
  return {
    errors: verdicts.flatMap(({errors}) => errors),
    files: [{name, warnings: verdicts.flatMap(({warnings}) => warnings)}],
    notes: verdicts.flatMap(({notes}) => notes),
  }
}

function distinct(files: Validation['files']): Validation['files'] {
  return [...new Map(files.map((file) => [file.name, file])).values()]
}

function reasonOf(error: unknown): string {
  const {code, message} = error as NodeJS.ErrnoException
  return code === 'ENOENT' ? 'no such file or directory' : message
}
