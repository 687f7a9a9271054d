import {createHash, randomUUID} from 'node:crypto'
import {existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {transform} from 'esbuild'

const root = path.resolve(import.meta.dirname, '../..')
const cache = path.join(root, 'node_modules/.cache/tshift-test')
const KEEP_MS = 60 * 60 * 1000

/**
 * A directory with `package.json`, `bin/` and src/ compiled to `dist/`, for tests that start real node processes (`dist/` of the checkout may be
 * missing or old). Built once per state of the sources: the directory is named for their hash and renamed into place when it is complete,
 * so test workers may ask for it at the same time. Types are not checked; that is the build's work.
 */
export async function compiledRoot(): Promise<string> {
  const files = ['package.json', ...listFiles('bin'), ...listFiles('src')].map((name) => ({name, text: readFileSync(path.join(root, name))}))
  const hash = createHash('sha256')
  for (const {name, text} of files) hash.update(`${name}\0${text.length}\0`).update(text)
  const target = path.join(cache, hash.digest('hex').slice(0, 16))
  if (!existsSync(target)) await build(files, target)
  return target
}

/** The compiled form of a source file, e.g. `await compiledFile('store/open.js')`. */
export async function compiledFile(name: string): Promise<string> {
  return path.join(await compiledRoot(), 'dist', name)
}

function listFiles(folder: string): string[] {
  if (!existsSync(path.join(root, folder))) return []
  const names = readdirSync(path.join(root, folder), {recursive: true, encoding: 'utf8'}).map((name) => path.join(folder, name))
  return names.filter((name) => statSync(path.join(root, name)).isFile()).sort()
}

async function build(files: readonly {name: string; text: Buffer}[], target: string): Promise<void> {
  const draft = path.join(cache, `draft-${randomUUID()}`)
  await Promise.all(files.map(({name, text}) => writeCompiled(path.join(draft, name.replace(/^src\//, 'dist/')), text)))
  publish(draft, target)
  removeOldBuilds()
}

async function writeCompiled(file: string, text: Buffer): Promise<void> {
  mkdirSync(path.dirname(file), {recursive: true})
  if (!file.endsWith('.ts')) return writeFileSync(file, text)
  const {code} = await transform(text.toString(), {loader: 'ts', format: 'esm', target: 'es2022'})
  writeFileSync(file.replace(/\.ts$/, '.js'), code)
}

function publish(draft: string, target: string): void {
  try {
    renameSync(draft, target)
  } catch (error) {
    rmSync(draft, {recursive: true, force: true})
    // Another worker was first, with the same content.
    if (!existsSync(target)) throw error
  }
}

function removeOldBuilds(): void {
  for (const name of readdirSync(cache)) {
    const old = path.join(cache, name)
    const changedMs = statSync(old, {throwIfNoEntry: false})?.mtimeMs ?? Date.now()
    if (Date.now() - changedMs > KEEP_MS) rmSync(old, {recursive: true, force: true})
  }
}
