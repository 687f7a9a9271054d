import {spawn} from 'node:child_process'
import cluster from 'node:cluster'
import {once} from 'node:events'
import {readdirSync} from 'node:fs'
import {afterEach, describe, expect, test} from 'vitest'
import type {Engine} from '../../../src/engine/engine.js'
import type * as workerEngine from '../../../src/engine/workers/worker-engine.js'
import {engineContract} from '../../contract/engine.js'
import {compiledFile} from '../../help/compiled.js'
import {routingOf} from '../routing-of.js'
import {ask, backend, freshAddress, named, open, received, until} from '../sockets.js'

const file = await compiledFile('engine/workers/worker-engine.js')
const {startWorkerEngine} = (await import(file)) as typeof workerEngine
const PORT = 31400
const ROUTE = {port: PORT, to: {v1: 1}}

const workerPids = () => Object.values(cluster.workers ?? {}).flatMap((worker) => worker?.process.pid ?? [])

describe('worker engine', () => {
  engineContract({
    make: (options) => startWorkerEngine({...options, workers: 2, log: () => undefined}),
    descriptors: () => workerPids().reduce((sum, pid) => sum + readdirSync(`/proc/${pid}/fd`).length, 0),
  })
})

describe('worker processes', () => {
  const opened: {close(): unknown}[] = []
  const keep = async <T extends {close(): unknown}>(made: Promise<T>): Promise<T> => {
    opened.push(await made)
    return made
  }
  afterEach(async () => {
    for (const made of opened.splice(0).reverse()) await made.close()
  })

  async function start(workers: number, more: {seed?: number} = {}): Promise<{address: string; engine: Engine; exits: string[]; lines: string[]}> {
    const address = freshAddress()
    const exits: string[] = []
    const lines: string[] = []
    const onWorkerExit = (how: string) => exits.push(how)
    const engine = await keep(startWorkerEngine({address, workers, onChange: 'drain', drainMs: 45_000, log: (line) => lines.push(line), onWorkerExit, ...more}))
    return {address, engine, exits, lines}
  }

  test('with a seed there is one worker', async () => {
    await start(3, {seed: 1})
    expect(workerPids().length).toBe(1)
  })

  test('a killed worker is replaced at once, no connection attempt is refused meanwhile, and its counts stay', async () => {
    const {address, engine, exits} = await start(2)
    await engine.apply(routingOf([ROUTE], {v1: {endpoints: [await keep(named('v1'))]}}))
    for (let i = 0; i < 50; i++) await ask(address, PORT)
    await until(async () => (await engine.stats()).listeners['0.0.0.0_31400']?.active === 0)
    let isKilling = true
    const load = Promise.all(
      Array.from({length: 4}, async () => {
        const errors: unknown[] = []
        while (isKilling) errors.push((await ask(address, PORT)).error)
        return errors
      }),
    )
    const before = await engine.stats()
    for (let round = 1; round <= 3; round++) {
      const [victim = 0] = workerPids()
      process.kill(victim, 'SIGKILL')
      await until(() => exits.length === round)
      // every worker, the new one too, answers only when it has the routing in force
      await engine.apply(routingOf([ROUTE], {v1: {endpoints: [await keep(named('v1'))]}}))
    }
    isKilling = false
    const errors = (await load).flat()
    expect(exits).toEqual(['SIGKILL', 'SIGKILL', 'SIGKILL'])
    expect(errors.filter((error) => error === 'ECONNREFUSED')).toEqual([])
    expect(workerPids().length).toBe(2)
    expect(before.clusters['v1']?.picked).toBe(50)
    const after = await engine.stats()
    // what a worker did in its last moments (at most 250 ms) dies with it
    expect(after.clusters['v1']?.picked).toBeGreaterThanOrEqual(50)
    expect(after.listeners['0.0.0.0_31400']?.active).toBe(0)
  })

  test('the replacement of a killed worker listens on the same ports and knows the routing, also where there is only one worker', async () => {
    const {address, engine, exits} = await start(1)
    await engine.apply(routingOf([ROUTE, {...ROUTE, port: 31401}], {v1: {endpoints: [await keep(named('v1'))]}}))
    for (const pid of workerPids()) process.kill(pid, 'SIGKILL')
    await until(() => exits.length === 1)
    for (const port of [PORT, 31401]) await until(async () => (await ask(address, port)).text === 'v1')
  })

  test('a dead worker gives back its places under maxConnections', async () => {
    const {address, engine, exits} = await start(2)
    const server = await keep(backend((socket) => (socket.write('hi'), void socket.resume().on('end', () => socket.end()))))
    await engine.apply(routingOf([ROUTE], {v1: {endpoints: [server], maxConnections: 2}}))
    for (const client of [open(address, PORT), open(address, PORT)]) await received(client, 'hi')
    expect(await ask(address, PORT)).toMatchObject({text: ''})
    for (const pid of workerPids()) process.kill(pid, 'SIGKILL')
    await until(() => exits.length === 2)
    await until(async () => (await ask(address, PORT)).text === 'hi')
    await until(async () => {
      const clients = [open(address, PORT), open(address, PORT)]
      const isServed = await Promise.all(clients.map((client) => Promise.race([received(client, 'hi').then(() => true), once(client, 'end').then(() => false)])))
      for (const client of clients) client.destroy() // who came before may not have given back its place yet
      return isServed.every(Boolean)
    })
  })

  test('workers ignore the signals that a terminal sends to the whole group', async () => {
    const {address, engine, exits} = await start(2)
    await engine.apply(routingOf([ROUTE], {v1: {endpoints: [await keep(named('v1'))]}}))
    for (const pid of workerPids()) for (const signal of ['SIGINT', 'SIGTERM'] as const) process.kill(pid, signal)
    expect(await ask(address, PORT)).toEqual({text: 'v1'})
    await engine.close()
    expect(exits).toEqual([])
  })

  test('workers end when their primary is killed', async () => {
    const address = freshAddress()
    const routing = JSON.stringify(routingOf([ROUTE], {v1: {endpoints: []}}))
    const script = `import cluster from 'node:cluster'
      const {startWorkerEngine} = await import(${JSON.stringify(file)})
      const engine = await startWorkerEngine({address: '${address}', workers: 2, onChange: 'drain', drainMs: 45000, log: () => undefined})
      await engine.apply(${routing})
      console.log(JSON.stringify(Object.values(cluster.workers).map((worker) => worker.process.pid)))`
    const primary = spawn(process.execPath, ['--input-type=module', '-e', script], {stdio: ['ignore', 'pipe', 'inherit']})
    const [line] = (await once(primary.stdout, 'data')) as [Buffer]
    const pids = JSON.parse(String(line)) as number[]
    expect(pids.filter(isAlive)).toEqual(pids)
    primary.kill('SIGKILL')
    await until(() => !pids.some(isAlive))
    expect(await ask(address, PORT)).toEqual({text: '', error: 'ECONNREFUSED'})
  })

  test('a worker that ends in an error says why, and is replaced', async () => {
    const {address, engine, exits, lines} = await start(2)
    await engine.apply(routingOf([ROUTE], {v1: {endpoints: [await keep(named('v1'))]}}))
    const broken = routingOf([ROUTE], {})
    await engine.apply({...broken, listeners: broken.listeners.map((listener) => ({...listener, chains: listener.chains.map((chain) => ({...chain, route: {...chain.route, destinations: []}}))}))})
    await ask(address, PORT)
    await until(() => exits.length === 1)
    expect(lines.filter((text) => text.includes('a route has at least one destination')).length).toBe(1)
    await engine.apply(routingOf([ROUTE], {v1: {endpoints: [await keep(named('v1'))]}}))
    expect(await ask(address, PORT)).toEqual({text: 'v1'})
  })
})

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false // ESRCH: that is the answer
  }
}
