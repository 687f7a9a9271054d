import {mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import path from 'node:path'
import ts from 'typescript'
import {afterAll} from 'vitest'

const compilerOptions = {target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext}
const sources = path.resolve(import.meta.dirname, '../../src/workload')

/**
 * Process entries compiled from the present sources: a test of them must not depend on when `dist` was last built.
 * Returns the path of a compiled file by the name of its source; the directory is removed after the tests of the file.
 */
export function compileEntries(): (name: 'echo-main' | 'nc-main' | 'parent-guard') => string {
  const directory = mkdtempSync(path.join(tmpdir(), 'tshift-entries-'))
  afterAll(() => rmSync(directory, {recursive: true, force: true}))
  writeFileSync(path.join(directory, 'package.json'), '{"type":"module"}')
  const names = readdirSync(sources).filter((name) => /^(echo|nc|go|line|parent)-|^nc\.ts/.test(name))
  for (const file of [...names.map((name) => path.join(sources, name)), path.join(import.meta.dirname, 'nc-main.ts')]) {
    const {outputText} = ts.transpileModule(readFileSync(file, 'utf8').replaceAll('../../src/workload/', './'), {compilerOptions})
    writeFileSync(path.join(directory, path.basename(file).replace(/ts$/, 'js')), outputText)
  }
  return (name) => path.join(directory, `${name}.js`)
}
