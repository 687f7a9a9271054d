import {rmSync} from 'node:fs'
import path from 'node:path'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {gatewayLife} from '../../src/daemon/lifecycle/pid-file.js'
import {createSandbox, type Sandbox} from '../help/sandbox.js'

const START = 'tshift gateway start --bind $BIND --allow-host-commands --admin-port 0 --readiness-port 0 --metrics-port 0'

describe('programs of this machine as workloads', () => {
  let box: Sandbox
  const cwd = path.resolve(import.meta.dirname, '../../examples/own-server')
  const life = () => gatewayLife(path.join(box.home, 'gateway.pid'))

  beforeAll(async () => {
    box = createSandbox()
    await box.ok('tshift apply -f .', {cwd})
  })
  afterAll(() => box.close())

  test('of two gateways started at once one runs, and two versions of a server share its port by weight', async () => {
    const starts = await Promise.all([box.sh(START, {cwd}), box.sh(START, {cwd})])
    expect(starts.map(({code}) => code).toSorted()).toEqual([0, 1])
    expect(starts.map(({stderr}) => stderr).join('')).toMatch(/^error: the gateway is already running \(pid \d+\)\n/)
    expect(await box.ok('tshift get pods --no-headers')).toMatch(/^own-server-v1-\S+ +1\/1 +Running +0 +\d+s\nown-server-v2-\S+ +1\/1 +Running +0 +\d+s\n$/)
    const answers = await box.ok('tshift probe $BIND:7000 -n 100 -m hi -q')
    expect(new Set(answers.trim().split('\n'))).toEqual(new Set(['v1 hi', 'v2 hi']))
    const image = 'tshift get pods -l version=v1 -o jsonpath={.items[0].status.containerStatuses[0].started}'
    expect(await box.ok(image)).toBe('true')
  })

  test('the pods of a killed gateway no longer run, and count a restart when the next one takes over', async () => {
    const before = life()
    if (before.type !== 'running') return expect.fail('no gateway')
    process.kill(before.pid, 'SIGKILL')
    await expect.poll(() => life().type).toBe('stale')
    expect(await box.ok('tshift get pods --no-headers')).toMatch(/^own-server-v1-\S+ +0\/1 +Pending +0 /)
    await box.ok(START, {cwd})
    expect(await box.ok('tshift get pods --no-headers')).toMatch(/^own-server-v1-\S+ +1\/1 +Running +1 \(\d+s ago\)/)
  })

  test('a gateway ends when its home is removed', async () => {
    const before = life()
    if (before.type !== 'running') return expect.fail('no gateway')
    rmSync(box.home, {recursive: true, force: true})
    await expect.poll(() => isAlive(before.pid)).toBe(false)
  })
})

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false // ESRCH
  }
}

const hasRedis = await createRedisProbe()

test.skipIf(!hasRedis)('two real Redis servers share a port by weight (skipped where redis-server is not on the PATH)', async () => {
  const box = createSandbox()
  const cwd = path.resolve(import.meta.dirname, '../../examples/redis')
  await box.ok(`tshift apply -f . && ${START}`, {cwd})
  await box.ok('for i in {1..100}; do tshift get pods --no-headers | grep -c 1/1 | grep -q 2 && break; sleep 0.1; done')
  const answers = await box.ok(`tshift probe $BIND:6380 -n 100 -m 'GET version' --by 'regex:(v\\d)' --out json=${box.directory}/r.json -q > /dev/null; cat ${box.directory}/r.json`)
  expect(answers).toContain('"v1"')
  expect(answers).toContain('"v2"')
  await box.close()
})

async function createRedisProbe(): Promise<boolean> {
  const box = createSandbox()
  const {code} = await box.sh('command -v redis-server && command -v redis-cli')
  rmSync(box.directory, {recursive: true, force: true})
  return code === 0
}
