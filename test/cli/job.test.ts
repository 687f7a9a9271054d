import {writeFileSync} from 'node:fs'
import path from 'node:path'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {createSandbox, type Sandbox} from '../help/sandbox.js'

let box: Sandbox
beforeAll(async () => {
  box = createSandbox()
  writeFileSync(path.join(box.directory, 'jobs.yaml'), [jobOf('sum', 'echo $((6 * 7))'), jobOf('fail', 'exit 3')].join('---\n'))
  await box.ok('tshift gateway start --bind $BIND --allow-host-commands')
})
afterAll(() => box.close())

test('a Job runs a command to its end, keeps its log, and tells how it went', async () => {
  await box.ok(`tshift apply -f ${box.directory}/jobs.yaml`)
  expect(await box.ok('tshift wait --for=condition=complete job/sum --timeout=30s')).toBe('job.batch/sum condition met\n')
  expect(await box.ok('tshift logs job/sum')).toBe('42\n')
  expect(await box.ok('tshift wait --for=condition=failed job/fail --timeout=30s')).toBe('job.batch/fail condition met\n')
  expect((await box.ok('tshift get jobs --no-headers')).replaceAll(/ +\d+s/g, '')).toBe('fail   Failed     0/1\nsum    Complete   1/1\n')
  expect((await box.ok('tshift get pods --no-headers')).replaceAll(/-\w{5} /g, ' ').replaceAll(/ +\d+s/g, '')).toBe('fail   0/1   Error       0\nsum    0/1   Completed   0\n')
  expect(await box.ok('tshift get jobs --field-selector status.successful=1 -o name')).toBe('job.batch/sum\n')
  const described = await box.ok('tshift describe job sum')
  expect(described).toMatch(/Pods Statuses: +0 Active \(0 Ready\) \/ 1 Succeeded \/ 0 Failed\n/)
  expect(described).toMatch(/Normal +Completed +\S+ +job-controller +Job completed\n/)
  await box.ok('tshift delete job --all')
  await box.ok('for i in {1..100}; do [ -z "$(tshift get pods -o name)" ] && exit 0; sleep 0.1; done; exit 1')
})

test('a Job ends beside the sidecar of its namespace', async () => {
  await box.ok('tshift create namespace mesh && tshift label namespace mesh istio-injection=enabled')
  await box.ok("tshift create job once -n mesh --image=busybox -- sh -c 'echo done'")
  expect(await box.ok('tshift wait -n mesh --for=condition=complete job/once --timeout=30s')).toBe('job.batch/once condition met\n')
  expect(await box.ok('tshift logs -n mesh job/once')).toBe('done\n')
  await box.ok('tshift delete namespace mesh')
})

function jobOf(name: string, script: string): string {
  const template = {spec: {restartPolicy: 'Never', containers: [{name: 'sh', image: 'busybox', command: ['sh', '-c', script]}]}}
  return `${JSON.stringify({apiVersion: 'batch/v1', kind: 'Job', metadata: {name}, spec: {backoffLimit: 0, template}})}\n`
}
