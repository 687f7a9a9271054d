import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import path from 'node:path'
import {afterAll, beforeAll, describe, expect, test, vi} from 'vitest'
import {runInProcess} from '../../help/in-process.js'

describe('apply edit-last-applied', () => {
  const home = mkdtempSync(path.join(tmpdir(), 'tshift-edit-'))
  const file = path.join(home, 'map.yaml')
  const run = (line: string) => runInProcess(line.split(' '))

  beforeAll(async () => {
    vi.stubEnv('TSHIFT_HOME', home)
    writeFileSync(file, 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: m\ndata:\n  a: one\n')
    expect(await run(`apply -f ${file}`)).toMatchObject({code: 0})
    expect(await run('create configmap bare')).toMatchObject({code: 0})
  })
  afterAll(() => {
    vi.unstubAllEnvs()
    rmSync(home, {recursive: true, force: true})
  })

  test('changes what is noted, and nothing else', async () => {
    vi.stubEnv('KUBE_EDITOR', 'sed -i s/one/two/')
    expect(await run('apply edit-last-applied cm/m')).toEqual({code: 0, stdout: 'configmap/m edited\n', stderr: ''})
    expect((await run('apply view-last-applied cm/m')).stdout).toContain('  a: two\n')
    expect((await run('get cm m -o jsonpath={.data}')).stdout).toBe('{"a":"one"}')
  })

  test('left as it is, nothing is written', async () => {
    vi.stubEnv('KUBE_EDITOR', 'true')
    expect(await run('apply edit-last-applied cm/m')).toEqual({code: 0, stdout: '', stderr: 'Edit cancelled, no changes made.\n'})
  })

  test('what was not applied has nothing to edit', async () => {
    expect(await run('apply edit-last-applied cm/bare')).toEqual({
      code: 1,
      stdout: '',
      stderr: 'error: no last-applied-configuration annotation found on resources, to create the annotation, use command `tshift apply set-last-applied --create-annotation`\n',
    })
  })
})
