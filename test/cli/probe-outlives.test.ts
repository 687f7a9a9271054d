import {afterAll, beforeAll, expect, test} from 'vitest'
import {createSandbox, type Sandbox} from '../help/sandbox.js'

let box: Sandbox
beforeAll(async () => {
  box = createSandbox()
  await box.ok('tshift gateway start --bind $BIND')
  await box.ok('tshift apply -f tcp-echo/tcp-echo-services.yaml -f tcp-echo/tcp-echo-all-v1.yaml')
  await box.ok('tshift wait --for=condition=Available deployment --all --timeout=30s')
})
afterAll(() => box.close())

test('a gateway that dies during a run takes nothing of what was seen with it', async () => {
  const {pid} = JSON.parse(await box.ok('tshift gateway status -o json')) as {pid: number}
  const {code, stdout, stderr} = await box.sh(
    `set -o pipefail; tshift probe -n 300 --rate 100 -m x | { head -n 5; kill -9 ${pid}; cat > ${box.directory}/rest; }`,
  )
  expect(stdout).toBe('one x\n'.repeat(5))
  expect(stderr).toContain('the gateway ended during the run\n')
  expect(stderr).toMatch(/connections failed: \d+ /)
  expect(code).toBe(5)
})
