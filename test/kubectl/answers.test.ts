import {mkdtempSync, readFileSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import path from 'node:path'
import {afterAll, beforeAll, describe, expect, test, vi} from 'vitest'
import {runInProcess} from '../help/in-process.js'
import {ANSWERS_DIFFERENT, answers} from './answers.js'
import {mask} from './mask.js'
import {wordsOf} from './words-of.js'

const SETUP = [
  ['create', 'ns', 'e'],
  ['config', 'set-context', '--current', '--namespace=e'],
  ['apply', '-f', 'services.yaml'],
  ['apply', '-f', 'all-v1.yaml'],
]

/** Answers that leave everything as it is, each to one question about the same state: the examples applied, and no gateway process, so that pods are Pending. */
describe('what kubectl 1.35.2 answered', () => {
  const before = process.cwd()
  const home = mkdtempSync(path.join(tmpdir(), 'tshift-answers-'))
  const recorded = answers()
  let same = 0
  beforeAll(async () => {
    vi.stubEnv('TSHIFT_HOME', home)
    process.chdir(path.join(import.meta.dirname, 'manifests'))
    for (const words of SETUP) expect(await runInProcess(words)).toMatchObject({code: 0})
  })
  afterAll(() => {
    process.chdir(before)
    vi.unstubAllEnvs()
    rmSync(home, {recursive: true, force: true})
  })

  test.each(recorded.map((one) => [one.command, one] as const))('%s', async (command, {output, exitCode}) => {
    const {stdout, stderr, code} = await runInProcess(wordsOf(command).slice(1))
    const isSame = mask(stdout + stderr) === mask(output) && code === exitCode
    if (isSame) same++
    if (command in ANSWERS_DIFFERENT) expect(isSame, 'is listed as different and is the same: take it off the list').toBe(false)
    else expect({output: mask(stdout + stderr), code}).toEqual({output: mask(output), code: exitCode})
  })

  test('those that do not print the same are listed', () => {
    const commands = recorded.map(({command}) => command)
    expect(Object.keys(ANSWERS_DIFFERENT).filter((command) => !commands.includes(command))).toEqual([])
    expect(same).toBe(recorded.length - Object.keys(ANSWERS_DIFFERENT).length)
    expect(readFileSync(path.join(import.meta.dirname, '../../README.md'), 'utf8')).toContain(`of ${recorded.length} further questions, ${same} get the same answer`)
  })
})
