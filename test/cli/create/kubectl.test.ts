import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import path from 'node:path'
import {afterAll, beforeAll, describe, expect, test, vi} from 'vitest'
import {runInProcess} from '../../help/in-process.js'
import {readTranscript} from '../../help/transcript.js'

const FILES = path.join(import.meta.dirname, 'files')

describe('generators print what kubectl prints', () => {
  const home = mkdtempSync(path.join(tmpdir(), 'tshift-create-'))
  beforeAll(() => {
    vi.stubEnv('TSHIFT_HOME', home)
    vi.stubEnv('FROM_ENV', 'from outside')
  })
  afterAll(() => {
    vi.unstubAllEnvs()
    rmSync(home, {recursive: true, force: true})
  })

  test.each(readTranscript(path.join(import.meta.dirname, 'kubectl.txt')))('$line', async ({words, text, code}) => {
    const ran = await runInProcess(words.map((word) => word.replaceAll('FILES', FILES)))
    const expected = text.replaceAll("See 'kubectl", "See 'tshift")
    expect({text: (ran.stdout + ran.stderr).replaceAll(FILES, 'FILES'), code: ran.code}).toEqual({text: expected, code})
  })
})
