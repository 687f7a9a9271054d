import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import path from 'node:path'
import {afterAll, beforeAll, describe, expect, test, vi} from 'vitest'
import {runInProcess} from '../../help/in-process.js'
import {readTranscript, type Recorded} from '../../help/transcript.js'

const FILES = path.join(import.meta.dirname, 'files')

describe('objects made of flags are what kubectl makes', () => {
  const home = mkdtempSync(path.join(tmpdir(), 'tshift-create-'))
  beforeAll(async () => {
    vi.stubEnv('TSHIFT_HOME', home)
    vi.stubEnv('FROM_ENV', 'from outside')
    expect(await runInProcess(['create', '-f', path.join(FILES, 'exposed.yaml')])).toMatchObject({code: 0, stderr: ''})
  })
  afterAll(() => {
    vi.unstubAllEnvs()
    rmSync(home, {recursive: true, force: true})
  })

  const asRecorded = async ({words, text, code}: Recorded) => {
    const ran = await runInProcess(words.map((word) => word.replaceAll('FILES', FILES)))
    const expected = text.replaceAll("See 'kubectl", "See 'tshift")
    expect({text: (ran.stdout + ran.stderr).replaceAll(FILES, 'FILES'), code: ran.code}).toEqual({text: expected, code})
  }
  const recorded = (name: string) => readTranscript(path.join(import.meta.dirname, `${name}.txt`))

  test.each(recorded('kubectl'))('$line', asRecorded)
  test.each(recorded('kubectl-run'))('$line', asRecorded)
  test.each(recorded('kubectl-policies'))('$line', asRecorded)
  test.each(recorded('kubectl-expose'))('$line', asRecorded)
})
