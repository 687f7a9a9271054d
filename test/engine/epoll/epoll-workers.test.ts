import cluster from 'node:cluster'
import {readdirSync} from 'node:fs'
import {afterEach, describe, expect, test} from 'vitest'
import type * as workerEngine from '../../../src/engine/workers/worker-engine.js'
import {engineContract} from '../../contract/engine.js'
import {compiledFile} from '../../help/compiled.js'
import {routingOf} from '../routing-of.js'
import {ask, ending, freshAddress, named, until} from '../sockets.js'
import {openTls, SERVER, SIMPLE, tlsBackend} from '../tls-fixtures.js'
import {anonymous} from './anonymous.js'

const {startWorkerEngine} = (await import(await compiledFile('engine/workers/worker-engine.js'))) as typeof workerEngine

const PORT = 31400
const workerPids = () => Object.values(cluster.workers ?? {}).flatMap((worker) => worker?.process.pid ?? [])

describe('epoll engine in workers', () => {
  engineContract({
    make: async (options) => anonymous(await startWorkerEngine({...options, engine: 'epoll', workers: 2, log: () => undefined})),
    descriptors: () => workerPids().reduce((sum, pid) => sum + readdirSync(`/proc/${pid}/fd`).length, 0),
    tlsIsElsewhere: 'the node engine of the workers has it, in worker-engine.test.ts',
  })
})

describe('epoll engine in worker processes', () => {
  const opened: {close(): unknown}[] = []
  const keep = async <T extends {close(): unknown}>(made: Promise<T>): Promise<T> => {
    opened.push(await made)
    return made
  }
  afterEach(async () => {
    for (const made of opened.splice(0).reverse()) await made.close()
  })

  async function start() {
    const address = freshAddress()
    const exits: string[] = []
    const engine = await keep(
      startWorkerEngine({address, workers: 2, engine: 'epoll', onChange: 'drain', drainMs: 45_000, log: () => undefined, onWorkerExit: (how) => exits.push(how)}),
    )
    return {address, engine, exits}
  }

  test('a killed worker is replaced, and no connection attempt is refused meanwhile', async () => {
    const {address, engine, exits} = await start()
    const routing = routingOf([{port: PORT, to: {v1: 1}}], {v1: {endpoints: [await keep(named('v1'))]}})
    expect(await engine.apply(routing)).toEqual([{name: '0.0.0.0_31400', address, port: PORT, bound: true, engine: 'epoll'}])
    let isKilling = true
    const load = Promise.all(
      Array.from({length: 4}, async () => {
        const errors: unknown[] = []
        while (isKilling) errors.push((await ask(address, PORT)).error)
        return errors
      }),
    )
    for (let round = 1; round <= 3; round++) {
      const [victim = 0] = workerPids()
      process.kill(victim, 'SIGKILL')
      await until(() => exits.length === round)
      await engine.apply(routing) // every worker, the new one too, answers only when it has the routing in force
    }
    isKilling = false
    expect((await load).flat().filter((error) => error === 'ECONNREFUSED')).toEqual([])
    for (const pid of workerPids()) process.kill(pid, 'SIGKILL')
    await until(() => exits.length === 5)
    await until(async () => (await ask(address, PORT)).text === 'v1')
  })

  test('a listener moves to the node engine when its route asks for what only that can do, and back, other ports notice nothing', async () => {
    const {address, engine} = await start()
    const clusters = {v1: {endpoints: [await keep(named('v1'))]}}
    const apply = async (proxied: boolean) => {
      const first = {port: PORT, to: {v1: 1}, ...(proxied ? {expectsProxyHeader: true as const} : {})}
      const states = await engine.apply(routingOf([first, {port: 31401, to: {v1: 1}}], clusters))
      return states.map(({port, bound, engine: by = 'node'}) => `${port} ${bound} ${by}`)
    }
    for (let round = 0; round < 2; round++) {
      expect(await apply(false)).toEqual([`${PORT} true epoll`, '31401 true epoll'])
      expect(await ask(address, PORT)).toEqual({text: 'v1'})
      expect(await apply(true)).toEqual([`${PORT} true node`, '31401 true epoll'])
      expect(await ask(address, PORT, 'PROXY UNKNOWN\r\n')).toEqual({text: 'v1'})
      expect(await ask(address, 31401)).toEqual({text: 'v1'})
    }
  })

  test('TLS, of clients and towards endpoints, is left to the node engine of the workers', async () => {
    const {address, engine} = await start()
    const secure = await keep(tlsBackend((socket) => void socket.resume().end('secure')))
    const clusters = {v1: {endpoints: [await keep(named('v1'))]}, v2: {endpoints: [secure], tls: {ca: SERVER.certificate}}}
    const states = await engine.apply(routingOf([{port: PORT, to: {}, chains: [{tls: SIMPLE, to: {v1: 1}}]}, {port: 31401, to: {v2: 1}}], clusters))
    expect(states.map(({bound, engine: by = 'node'}) => `${bound} ${by}`)).toEqual(['true node', 'true node'])
    for (let i = 0; i < 8; i++) {
      const client = openTls(address, PORT)
      client.end('hello')
      expect(await ending(client)).toEqual({text: 'v1'})
      expect(await ask(address, 31401)).toEqual({text: 'secure'})
    }
  })

  test('300 listeners are handed to the workers', async () => {
    const {address, engine} = await start()
    const listeners = Array.from({length: 300}, (_, i) => ({port: 20_000 + i, to: {v1: 1}}))
    const states = await engine.apply(routingOf(listeners, {v1: {endpoints: [await keep(named('v1'))]}}))
    expect(states.filter(({bound}) => bound).length).toBe(300)
    for (const port of [20_000, 20_199, 20_200, 20_299]) for (let i = 0; i < 4; i++) expect(await ask(address, port)).toEqual({text: 'v1'})
  })
})
