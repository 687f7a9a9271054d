import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import path from 'node:path'
import {afterAll, beforeAll, describe, expect, test, vi} from 'vitest'
import {runInProcess} from '../../help/in-process.js'

const BINDING = 'rolebinding.rbac.authorization.k8s.io/admin subjects updated'

describe('set subject', () => {
  const home = mkdtempSync(path.join(tmpdir(), 'tshift-subject-'))
  const file = path.join(home, 'binding.json')
  const run = (line: string) => runInProcess(['set', 'subject', ...line.split(' ')])

  beforeAll(async () => {
    vi.stubEnv('TSHIFT_HOME', home)
    const {stdout} = await runInProcess('create rolebinding admin --role=admin --user=foo --dry-run=client -o json'.split(' '))
    writeFileSync(file, stdout)
    expect(await runInProcess(['create', '-f', file])).toMatchObject({code: 0})
    expect(await runInProcess('create deploy d --image=x'.split(' '))).toMatchObject({code: 0})
  })
  afterAll(() => {
    vi.unstubAllEnvs()
    rmSync(home, {recursive: true, force: true})
  })

  test('adds those who are not bound yet', async () => {
    expect(await run('rolebinding admin --user=foo')).toEqual({code: 0, stdout: '', stderr: ''})
    expect(await run('rolebinding admin --user=foo --group=g --serviceaccount=ns:sa --dry-run=client')).toEqual({code: 0, stdout: `${BINDING} (dry run)\n`, stderr: ''})
    expect((await run('rolebinding admin --user=foo --group=g --serviceaccount=ns:sa')).stdout).toBe(`${BINDING}\n`)
    const {stdout} = await runInProcess(['get', 'rolebinding', 'admin', '-o', 'jsonpath={range .subjects[*]}{.kind} {.name};{end}'])
    expect(stdout).toBe('User foo;Group g;ServiceAccount sa;')
  })

  test('changes a file without storing it', async () => {
    expect((await run(`--local -f ${file} --user=bar -o yaml`)).stdout).toBe(`apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: admin
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: admin
subjects:
- apiGroup: rbac.authorization.k8s.io
  kind: User
  name: foo
- apiGroup: rbac.authorization.k8s.io
  kind: User
  name: bar
`)
  })

  test.each([
    ['rolebinding nope', 'Error from server (NotFound): rolebindings.rbac.authorization.k8s.io "nope" not found\n'],
    ['rolebinding admin', 'error: you must specify at least one value of user, group or serviceaccount\n'],
    ['rolebinding admin --serviceaccount=sa', 'error: serviceaccount must be <namespace>:<name>\n'],
    ['deploy d --user=x', 'error: deployment.apps/d\n setting subjects is only supported for RoleBinding/ClusterRoleBinding\n'],
  ])('%s is refused as kubectl refuses it', async (line, stderr) => {
    expect(await run(line)).toEqual({code: 1, stdout: '', stderr})
  })
})
