import {afterAll, beforeAll, expect, test} from 'vitest'
import {createSandbox, type Sandbox} from '../../help/sandbox.js'

let box: Sandbox
beforeAll(async () => {
  box = createSandbox()
  await box.ok('tshift apply -f tcp-echo/tcp-echo-services.yaml')
})
afterAll(() => box.close())

test('a rollout that nothing carries out is waited for in words, and not for ever', async () => {
  const line = 'Waiting for deployment "tcp-echo-v1" rollout to finish: 0 of 1 updated replicas are available...\n'
  expect(await box.sh('tshift rollout status deploy/tcp-echo-v1 --timeout=1500ms')).toEqual({
    code: 1,
    stdout: line,
    stderr: "the gateway is not running, so pods stay Pending; start it with 'tshift gateway start'\nerror: timed out waiting for the condition\n",
  })
  expect(await box.sh('tshift rollout status deploy/tcp-echo-v1 --watch=false')).toEqual({code: 0, stdout: line, stderr: ''})
})

test('history ends with an empty line, as kubectl has it; a revision shows its template', async () => {
  expect(await box.ok('tshift rollout history deploy/tcp-echo-v1')).toBe('deployment.apps/tcp-echo-v1 \nREVISION  CHANGE-CAUSE\n1         <none>\n\n')
  expect(await box.ok('tshift rollout history deploy/tcp-echo-v1 --revision=1')).toMatch(/^deployment\.apps\/tcp-echo-v1 with revision #1\nPod Template:\n {2}Labels:\tapp=tcp-echo\n\tpod-template-hash=\w+\n\tversion=v1\n {2}Containers:\n/)
})
