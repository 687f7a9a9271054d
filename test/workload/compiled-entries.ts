import {mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import path from 'node:path'
import ts from 'typescript'
import {afterAll} from 'vitest'

const compilerOptions = {target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext}
const root = path.resolve(import.meta.dirname, '../..')
const ENTRIES = {
  'echo-main': 'src/workload/echo/echo-main',
  'nc-main': 'test/workload/nc-main',
  'parent-guard': 'src/workload/processes/parent-guard',
} as const

/** The entries' sources and what these import. */
function sources(): readonly string[] {
  const folders = ['src/workload/echo', 'src/workload/nc'].flatMap((folder) => readdirSync(path.join(root, folder)).map((name) => `${folder}/${name}`))
  return [...folders, 'src/base/line-buffer.ts', ...Object.values(ENTRIES).map((name) => `${name}.ts`)]
}

/**
 * Process entries compiled from the present sources: a test of them must not depend on when `dist` was last built.
 * Returns the path of a compiled file by the name of its source; the directory is removed after the tests of the file.
 */
export function compileEntries(): (name: keyof typeof ENTRIES) => string {
  const directory = mkdtempSync(path.join(tmpdir(), 'tshift-entries-'))
  afterAll(() => rmSync(directory, {recursive: true, force: true}))
  writeFileSync(path.join(directory, 'package.json'), '{"type":"module"}')
  for (const file of sources()) {
    const {outputText} = ts.transpileModule(readFileSync(path.join(root, file), 'utf8'), {compilerOptions})
    const compiled = path.join(directory, file.replace(/ts$/, 'js'))
    mkdirSync(path.dirname(compiled), {recursive: true})
    writeFileSync(compiled, outputText)
  }
  return (name) => path.join(directory, `${ENTRIES[name]}.js`)
}
