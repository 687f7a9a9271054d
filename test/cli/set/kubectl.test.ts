import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import path from 'node:path'
import {afterAll, beforeAll, describe, expect, test, vi} from 'vitest'
import {runInProcess} from '../../help/in-process.js'
import {readTranscript} from '../../help/transcript.js'

const FILES = path.join(import.meta.dirname, '../create/files')

describe('set says and prints what kubectl does', () => {
  const home = mkdtempSync(path.join(tmpdir(), 'tshift-set-'))
  beforeAll(async () => {
    vi.stubEnv('TSHIFT_HOME', home)
    expect(await runInProcess(['create', '-f', path.join(FILES, 'exposed.yaml')])).toMatchObject({code: 0, stderr: ''})
  })
  afterAll(() => {
    vi.unstubAllEnvs()
    rmSync(home, {recursive: true, force: true})
  })

  test.each(readTranscript(path.join(import.meta.dirname, 'kubectl.txt')))('$line', async ({words, text, code}) => {
    const ran = await runInProcess(words.map((word) => word.replaceAll('FILES', FILES)))
    expect({text: ran.stdout + ran.stderr, code: ran.code}).toEqual({text: text.replaceAll('FILES', FILES), code})
  })
})
