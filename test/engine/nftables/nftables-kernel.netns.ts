import {execFile, execFileSync, spawn} from 'node:child_process'
import {readFileSync} from 'node:fs'
import {createServer} from 'node:net'
import {promisify} from 'node:util'
import {afterEach, expect, test} from 'vitest'
import type {Engine, EngineOptions} from '../../../src/engine/engine.js'
import {createNodeEngine} from '../../../src/engine/node/node-engine.js'
import {createNftablesEngine} from '../../../src/engine/nftables/nftables-engine.js'
import type {Endpoint} from '../../../src/routing/routing.js'
import {routingOf} from '../routing-of.js'
import {ask, freshAddress, listening, named, until} from '../sockets.js'
import {SIMPLE} from '../tls-fixtures.js'

const TABLE = 'tshift_0123456789ab'
const PORT = 31400
const ROUTE_LOCALNET = '/proc/sys/net/ipv4/conf/all/route_localnet'
const opened: {close(): unknown}[] = []

afterEach(async () => {
  for (const made of opened.splice(0).reverse()) await made.close()
})

function keep<T extends {close(): unknown}>(made: T): T {
  opened.push(made)
  return made
}

async function engineAt(address: string, log: string[] = [], more: Partial<EngineOptions> = {}): Promise<Engine> {
  const options = {address, onChange: 'drain', drainMs: 1000, ...more} as const
  return keep(await createNftablesEngine({...options, others: createNodeEngine(options), table: TABLE, log: (line) => log.push(line)}))
}

const nft = (...args: readonly string[]) => execFileSync('nft', args, {encoding: 'utf8'})
const servers = async (...names: readonly string[]) => Promise.all(names.map(async (name) => keep(await named(name))))

async function answers(address: string, count: number): Promise<readonly string[]> {
  const texts: string[] = []
  for (let i = 0; i < count; i++) texts.push((await ask(address, PORT)).text)
  return texts
}

test('each listener says who serves it, and what the kernel cannot do is done by the other engine', async () => {
  const log: string[] = []
  const engine = await engineAt(freshAddress(), log)
  const [v1] = await servers('v1')
  const states = await engine.apply(routingOf([{port: PORT, to: {v1: 1}}, {port: 31401, tls: SIMPLE, to: {v1: 1}}], {v1: {endpoints: [v1!]}}))
  expect(states.map(({port, bound, engine: by}) => ({port, bound, by}))).toEqual([{port: PORT, bound: true, by: 'nftables'}, {port: 31401, bound: true, by: undefined}])
  expect(log).toEqual(['listener 0.0.0.0_31401 is not served by the kernel: it ends TLS'])
})

test('a listener goes from one engine to the other and back, and no connection is refused meanwhile', async () => {
  const address = freshAddress()
  const engine = await engineAt(address)
  const [v1] = await servers('v1')
  const shapes = [{endpoints: [v1!]}, {endpoints: [v1!], maxConnections: 1000}]
  const apply = (i: number) => engine.apply(routingOf([{port: PORT, to: {v1: 1}}], {v1: shapes[i % 2]!}))
  await apply(0)
  let isMoving = true
  const load = (async () => {
    const seen = new Set<string>()
    while (isMoving) seen.add(JSON.stringify(await ask(address, PORT)))
    return [...seen]
  })()
  const served: unknown[] = []
  for (let i = 1; i <= 6; i++) served.push((await apply(i))[0]?.engine)
  isMoving = false
  expect(served).toEqual([undefined, 'nftables', undefined, 'nftables', undefined, 'nftables'])
  expect(await load).toEqual([JSON.stringify({text: 'v1'})])
})

test('ROUND_ROBIN goes round, and weighted draws fall as independently as their weights say', async () => {
  const address = freshAddress()
  const engine = await engineAt(address)
  const [a, b, c] = await servers('a', 'b', 'c')
  await engine.apply(routingOf([{port: PORT, to: {v1: 1}}], {v1: {endpoints: [a!, b!, c!], loadBalancer: 'ROUND_ROBIN'}}))
  const turns = await answers(address, 9)
  expect(turns.slice(3)).toEqual(turns.slice(0, 6))
  expect(new Set(turns.slice(0, 3))).toEqual(new Set(['a', 'b', 'c']))
  await engine.apply(routingOf([{port: PORT, to: {v1: 80, v2: 20}}], {v1: {endpoints: [a!]}, v2: {endpoints: [b!]}}))
  const drawn = await answers(address, 1000)
  const share = drawn.filter((answer) => answer === 'b').length
  // binomial(1000, 0.2): outside of this once in 10 million runs; and as many runs of equal answers as independent draws have, mean 321, likewise
  expect(Math.abs(share - 200)).toBeLessThan(68)
  const runs = drawn.filter((answer, i) => answer !== drawn[i - 1]).length
  expect(Math.abs(runs - 321)).toBeLessThan(110)
  expect((await engine.stats()).clusters['v2']).toMatchObject({picked: share, connected: share, active: 0})
})

test('other tables are left alone, and of its own nothing is left', async () => {
  nft('add', 'table', 'inet', 'somebody')
  const log: string[] = []
  const engine = await engineAt(freshAddress())
  expect(nft('list', 'tables')).toBe(`table inet somebody\ntable inet ${TABLE}\n`)
  await engineAt(freshAddress(), log) // as if the first had been killed
  expect(log).toEqual([`removed the nftables table ${TABLE} that a killed gateway had left`])
  for (const made of opened.splice(0).reverse()) await made.close()
  await engine.close()
  expect(nft('list', 'tables')).toBe('table inet somebody\n')
  nft('delete', 'table', 'inet', 'somebody')
})

test('rules that somebody took away come back with the next connection', async () => {
  const address = freshAddress()
  const log: string[] = []
  const engine = await engineAt(address, log)
  const [v1] = await servers('v1')
  await engine.apply(routingOf([{port: PORT, to: {v1: 1}}], {v1: {endpoints: [v1!]}}))
  await answers(address, 2)
  await engine.stats()
  nft('flush', 'ruleset')
  await until(async () => (await ask(address, PORT)).text === 'v1')
  expect(log).toEqual([`the nftables table ${TABLE} was gone, with all it had counted since the last look: it is made anew`])
  expect((await engine.stats()).clusters['v1']).toMatchObject({picked: 3})
})

test('a firewall that drops by default is told of when there is a listener for other machines', async () => {
  nft('add', 'table', 'inet', 'firewall')
  nft('add', 'chain', 'inet', 'firewall', 'input', '{ type filter hook input priority 0; policy drop; }')
  nft('add', 'rule', 'inet', 'firewall', 'input', 'iifname', 'lo', 'accept')
  const log: string[] = []
  const engine = await engineAt('0.0.0.0', log)
  const [v1] = await servers('v1')
  for (const weight of [1, 2]) await engine.apply(routingOf([{port: PORT, to: {v1: weight}}], {v1: {endpoints: [v1!]}}))
  nft('delete', 'table', 'inet', 'firewall')
  expect(log).toEqual([expect.stringMatching(/^warning: a firewall \(chain inet firewall input\) drops what it does not accept/)])
})

test('rules that are not as they were left are made anew, with all that was counted', async () => {
  const address = freshAddress()
  const log: string[] = []
  const engine = await engineAt(address, log)
  const [v1, v2] = await servers('v1', 'v2')
  const apply = (...to: readonly string[]) =>
    engine.apply(routingOf(to.map((name, i) => ({port: PORT + i, to: {[name]: 1}})), {v1: {endpoints: [v1!]}, v2: {endpoints: [v2!]}}))
  await apply('v1', 'v1')
  await answers(address, 3)
  nft('flush', 'map', 'inet', TABLE, 'at4')
  nft('delete', 'chain', 'inet', TABLE, `to/0.0.0.0_${PORT + 1}`)
  await apply('v2')
  expect(await answers(address, 2)).toEqual(['v2', 'v2'])
  expect(log).toEqual([expect.stringContaining(`the nftables table ${TABLE} is not as it was left, and is made anew: `)])
  const {clusters} = await engine.stats()
  expect([clusters['v1']?.picked, clusters['v2']?.picked]).toEqual([3, 2])
})

test('IPv6 clients are led to IPv6 endpoints', async () => {
  const server = keep(createServer((socket) => socket.end('six')))
  const {port} = await listening(server, '::1', 0)
  const engine = await engineAt('127.0.0.1')
  const states = await engine.apply(routingOf([{port: PORT, bind: '::1', to: {v1: 1}}], {v1: {endpoints: [{address: '::1', port}]}}))
  expect(states[0]?.engine).toBe('nftables')
  expect(await ask('::1', PORT, '')).toEqual({text: 'six'})
  await until(async () => (await engine.stats()).clusters['v1']?.active === 0)
  expect((await engine.stats()).clusters['v1']).toMatchObject({picked: 1, bytesToClients: 3})
})

test('clients of other machines reach a pod on 127/8 through the listener, and nothing else there', async () => {
  const other = keepProcess(spawn('unshare', ['--net', 'sh', '-c', 'ip link set lo up; echo up; exec sleep 60'], {stdio: ['ignore', 'pipe', 'inherit']}))
  await new Promise((resolve) => other.stdout?.once('data', resolve))
  const ip = (...args: readonly string[]) => execFileSync('ip', args)
  const there = async (...args: readonly string[]) => (await promisify(execFile)('nsenter', ['-t', String(other.pid), '-n', ...args], {encoding: 'utf8', timeout: 20_000})).stdout
  ip('link', 'add', 'here', 'type', 'veth', 'peer', 'name', 'there', 'netns', String(other.pid))
  ip('addr', 'add', '192.168.77.1/24', 'dev', 'here')
  ip('link', 'set', 'here', 'up')
  await there('ip', 'addr', 'add', '192.168.77.2/24', 'dev', 'there')
  await there('ip', 'link', 'set', 'there', 'up')

  // the other machine sends packets for 127.9.9.9 to this one
  const route = 'ip addr flush dev lo; echo 1 > /proc/sys/net/ipv4/conf/all/route_localnet; ip route add 127.9.9.9 via 192.168.77.1'
  await there('sh', '-c', route)
  const secret = keep(createServer((socket) => socket.end('secret')))
  const {port: secretPort} = await listening(secret, '127.9.9.9', 0)
  const reached = (patienceMs: number) => there(process.execPath, '-e', CLIENT, '127.9.9.9', String(secretPort), String(patienceMs))

  const [pod] = await servers('pod')
  for (const address of ['192.168.77.1', '0.0.0.0']) {
    expect(readFileSync(ROUTE_LOCALNET, 'utf8')).toBe('0\n')
    const engine = await engineAt(address)
    const states = await engine.apply(routingOf([{port: PORT, to: {v1: 1}}], {v1: {endpoints: [pod as Endpoint]}}))
    expect(states[0]?.engine).toBe('nftables')
    expect(readFileSync(ROUTE_LOCALNET, 'utf8')).toBe('1\n')
    expect(await there(process.execPath, '-e', CLIENT, '192.168.77.1', String(PORT))).toBe('pod')
    expect((await ask('192.168.77.1', PORT)).text).toBe('pod')
    await until(async () => (await engine.stats()).clusters['v1']?.active === 0)
    expect((await engine.stats()).clusters['v1']).toMatchObject({picked: 2, connected: 2, bytesToClients: 6, bytesFromClients: 12})
    expect(nft('list', 'chain', 'inet', TABLE, 'guard')).toContain('iifname != "lo" ip daddr 127.0.0.0/8 drop')
    expect(await reached(300)).toBe('no answer')
    nft('flush', 'chain', 'inet', TABLE, 'guard')
    expect(await reached(20_000)).toBe('secret') // it is the guard that keeps it from them
    await engine.close()
    expect(readFileSync(ROUTE_LOCALNET, 'utf8')).toBe('0\n')
  }
})

const CLIENT = `const socket = require('node:net').connect({host: process.argv[1], port: Number(process.argv[2]), allowHalfOpen: true})
  socket.end('hello\\n').pipe(process.stdout)
  socket.on('error', (error) => process.stdout.write(error.code))
  const patience = setTimeout(() => process.stdout.write('no answer', () => process.exit()), Number(process.argv[3] ?? 20_000))
  socket.on('close', () => clearTimeout(patience))`

function keepProcess<T extends ReturnType<typeof spawn>>(child: T): T {
  keep({close: () => child.kill()})
  return child
}
