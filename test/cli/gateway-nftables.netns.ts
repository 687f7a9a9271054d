import {execFileSync} from 'node:child_process'
import {readFileSync} from 'node:fs'
import path from 'node:path'
import {afterAll, expect, test} from 'vitest'
import {gatewayLife, isAlive} from '../../src/daemon/lifecycle/pid-file.js'
import {tableName} from '../../src/engine/nftables/table.js'
import {until} from '../engine/sockets.js'
import {createSandbox} from '../help/sandbox.js'

const ROUTE_LOCALNET = '/proc/sys/net/ipv4/conf/all/route_localnet'
const sandbox = createSandbox()
const {ok, sh} = sandbox
afterAll(() => sandbox.close())

const tables = () => execFileSync('nft', ['list', 'tables'], {encoding: 'utf8'})
const OURS = `table inet ${tableName(sandbox.home)}\n`

async function startAndKill(flags: string): Promise<void> {
  await ok(`tshift gateway start --engine nftables ${flags}`)
  expect(tables()).toBe(OURS)
  const life = gatewayLife(path.join(sandbox.home, 'gateway.pid'))
  if (life.type !== 'running') throw new Error(`the gateway is ${life.type}`)
  process.kill(life.pid, 'SIGKILL')
  await until(() => !isAlive(life.pid))
  expect(tables()).toBe(OURS)
}

test('rules of a gateway that was killed go with the next status, stop or start, and clients of other machines are no longer led to 127/8', async () => {
  await startAndKill('--bind $BIND')
  expect(await sh('tshift gateway status')).toMatchObject({code: 8, stderr: expect.stringContaining('was killed') as string})
  expect(tables()).toBe('')

  await ok('tshift apply -f tcp-echo/tcp-echo-services.yaml -f tcp-echo/tcp-echo-all-v1.yaml')
  await startAndKill('--bind 0.0.0.0')
  expect(readFileSync(ROUTE_LOCALNET, 'utf8')).toBe('1\n')
  expect(await ok('tshift gateway stop')).toContain('had been killed')
  expect([tables(), readFileSync(ROUTE_LOCALNET, 'utf8')]).toEqual(['', '0\n'])

  await startAndKill('--bind 0.0.0.0')
  execFileSync('nft', ['flush', 'ruleset']) // with them goes the guard that says that the switch was the gateway's
  await ok('tshift gateway start --engine node --bind $BIND')
  expect([tables(), readFileSync(ROUTE_LOCALNET, 'utf8')]).toEqual(['', '0\n'])
  await ok('tshift gateway stop')
})

test('who has no right to make rules is told whose right it is, and nothing is left running', async () => {
  const {code, stderr} = await sh('setpriv --bounding-set=-net_admin --inh-caps=-net_admin tshift gateway start --engine nftables --bind $BIND')
  expect({code, stderr}).toEqual({code: 1, stderr: expect.stringMatching(/^error: there is no nftables engine here: it needs root or CAP_NET_ADMIN \(.*\)\nstart it as root, .* or use '--engine auto'/) as string})
  expect((await sh('tshift gateway status')).code).toBe(8)
})
