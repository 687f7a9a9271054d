import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import path from 'node:path'
import {afterAll, beforeAll, describe, expect, test, vi} from 'vitest'
import {runInProcess} from '../../help/in-process.js'

const CRON_JOB = {
  apiVersion: 'batch/v1',
  kind: 'CronJob',
  metadata: {name: 'cj'},
  spec: {
    schedule: '* * * * *',
    jobTemplate: {metadata: {annotations: {a: 'b'}, labels: {l: 'm'}}, spec: {template: {spec: {containers: [{name: 'c', image: 'busybox'}], restartPolicy: 'Never'}}}},
  },
}

describe('what is made of objects that are there', () => {
  const home = mkdtempSync(path.join(tmpdir(), 'tshift-create-'))
  beforeAll(async () => {
    vi.stubEnv('TSHIFT_HOME', home)
    writeFileSync(path.join(home, 'cj.json'), JSON.stringify(CRON_JOB))
    expect(await runInProcess(['create', '-f', path.join(home, 'cj.json')])).toMatchObject({code: 0})
    expect(await runInProcess(['create', 'sa', 'app'])).toMatchObject({code: 0})
    expect(await runInProcess(['create', 'secret', 'generic', 's'])).toMatchObject({code: 0})
  })
  afterAll(() => {
    vi.unstubAllEnvs()
    rmSync(home, {recursive: true, force: true})
  })

  test('a Job from a CronJob is what kubectl makes of it', async () => {
    const {stdout: uid} = await runInProcess(['get', 'cj/cj', '-o', 'jsonpath={.metadata.uid}'])
    const {stdout} = await runInProcess(['create', 'job', 'j', '--from=cronjob/cj', '--dry-run=client', '-o', 'yaml'])
    expect(stdout).toBe(`apiVersion: batch/v1
kind: Job
metadata:
  annotations:
    a: b
    cronjob.kubernetes.io/instantiate: manual
  labels:
    l: m
  name: j
  ownerReferences:
  - apiVersion: batch/v1
    controller: true
    kind: CronJob
    name: cj
    uid: ${uid}
spec:
  template:
    metadata: {}
    spec:
      containers:
      - image: busybox
        name: c
        resources: {}
      restartPolicy: Never
status: {}
`)
  })

  test('a token names its ServiceAccount, whom it is for and what it is bound to', async () => {
    const words = ['create', 'token', 'app', '--duration', '10m', '--audience', 'https://x', '--bound-object-kind', 'Secret', '--bound-object-name', 's']
    const {stdout, code} = await runInProcess(words)
    const [, claims = ''] = stdout.split('.')
    const read = JSON.parse(Buffer.from(claims, 'base64url').toString()) as {iat: number; exp: number}
    expect({code, lifetime: read.exp - read.iat}).toEqual({code: 0, lifetime: 600})
    expect(read).toMatchObject({
      aud: ['https://x'],
      sub: 'system:serviceaccount:default:app',
      'kubernetes.io': {namespace: 'default', secret: {name: 's'}, serviceaccount: {name: 'app'}},
    })
  })

  test.each([
    [['create', 'token', 'nope'], 'error: failed to create token: serviceaccounts "nope" not found\n'],
    [['create', 'token', 'app', '--bound-object-kind', 'Pod', '--bound-object-name', 'p'], 'error: failed to create token: pods "p" not found\n'],
    [
      ['create', 'token', 'app', '--duration', '5s'],
      'error: failed to create token: TokenRequest.authentication.k8s.io "" is invalid: spec.expirationSeconds: Invalid value: 5: may not specify a duration less than 10 minutes\n',
    ],
    [['create', 'role', 'r', '--verb=get', '--resource=nope.apps', '--dry-run=client'], 'the server doesn\'t have a resource type "nope" in group "apps"\n'],
  ])('%j is refused', async (words, stderr) => {
    expect(await runInProcess(words)).toEqual({code: 1, stdout: '', stderr})
  })
})
