import {once} from 'node:events'
import {createServer} from 'node:net'
import {afterEach, describe, expect, test} from 'vitest'
import type {AccessRecord, Engine, EngineOptions} from '../../src/engine/engine.js'
import {createNodeEngine} from '../../src/engine/node/node-engine.js'
import type * as workerEngine from '../../src/engine/workers/worker-engine.js'
import {compiledFile} from '../help/compiled.js'
import {routingOf, type ClusterShape, type ListenerShape} from './routing-of.js'
import {ask, echo, ending, freshAddress, listening, named, open, received, until} from './sockets.js'

const {startWorkerEngine} = (await import(await compiledFile('engine/workers/worker-engine.js'))) as typeof workerEngine
const PORT = 31400
const OUTLIERS = {consecutive5xx: 2, intervalMs: 100, baseEjectionMs: 300, maxEjectionPercent: 100, panicPercent: 0}

const ENGINES: readonly (readonly [string, (options: EngineOptions) => Promise<Engine>])[] = [
  ['in one process', async (options) => createNodeEngine(options)],
  ['in two workers', (options) => startWorkerEngine({...options, workers: 2, log: () => undefined})],
]

const opened: {close(): unknown}[] = []
const keep = async <T extends {close(): unknown}>(made: Promise<T>): Promise<T> => {
  opened.push(await made)
  return made
}
afterEach(async () => {
  for (const made of opened.splice(0).reverse()) await made.close()
})

async function closedPort(): Promise<{address: string; port: number}> {
  const server = createServer()
  const {port} = await listening(server, '127.0.0.1', 0)
  server.close()
  await once(server, 'close')
  return {address: '127.0.0.1', port}
}

describe.each(ENGINES)('%s', (_where, make) => {
  async function serve(cluster: ClusterShape, listener: Partial<ListenerShape> = {}) {
    const address = freshAddress()
    const flags: string[] = []
    const onAccess = (record: AccessRecord) => flags.push(record.flags)
    const engine = await keep(make({address, onChange: 'drain', drainMs: 45_000, onAccess}))
    await engine.apply(routingOf([{port: PORT, to: {v1: 1}, ...listener}], {v1: cluster}))
    const answers = async (count: number) => {
      const texts: string[] = []
      for (let i = 0; i < count; i++) texts.push((await ask(address, PORT)).text)
      return texts
    }
    return {address, engine, flags, answers}
  }

  test('an endpoint that refuses is left out by all workers, and tried again after its time', async () => {
    const dead = await closedPort()
    const name = `${dead.address}:${dead.port}`
    const endpoints = [await keep(named('alive')), dead]
    const {engine, answers} = await serve({endpoints, loadBalancer: 'ROUND_ROBIN', outlierDetection: {...OUTLIERS, baseEjectionMs: 500}})
    const isEjected = async () => (await engine.stats()).ejected?.['v1']?.includes(name) === true
    const served = async () => (await answers(10)).every((text) => text === 'alive') && (await isEjected())
    await until(served) // a worker may hear of the ejection after the process that decides
    await until(async () => !(await isEjected()))
    await until(served)
    const {total, overflow, consecutive5xx} = (await engine.stats()).ejections?.['v1'] ?? {}
    expect({overflow, consecutive5xx}).toEqual({overflow: 0, consecutive5xx: total})
    expect(total).toBeGreaterThanOrEqual(2)
  })

  test('nobody serves when all are ejected (UH)', async () => {
    const {flags, answers} = await serve({endpoints: [await closedPort()], outlierDetection: {...OUTLIERS, baseEjectionMs: 60_000}})
    await answers(2)
    await until(async () => (await answers(1), flags.at(-1) === 'UH'))
    await until(async () => flags.filter((flag) => flag === 'UF,URX').length >= 2) // workers report each on its own, in no common order
    expect(new Set(flags)).toEqual(new Set(['UF,URX', 'UH']))
  })

  test('established connections to an ejected endpoint go on', async () => {
    const server = createServer({allowHalfOpen: true}, (socket) => void socket.on('error', () => undefined).pipe(socket))
    const {port} = await listening(server, '127.0.0.1', 0)
    const outlierDetection = {...OUTLIERS, baseEjectionMs: 60_000}
    const {address, engine, answers} = await serve({endpoints: [{address: '127.0.0.1', port}], outlierDetection})
    const client = open(address, PORT)
    client.write('before')
    await received(client, 'before')
    server.close() // accepts no more; the connection stays
    await until(async () => (await answers(1), (await engine.stats()).ejected !== undefined))
    client.write('after')
    await received(client, 'after')
    client.end()
    await ending(client)
  })

  test('a client stays with its endpoint, whichever worker it meets', async () => {
    const endpoints = await Promise.all(['a', 'b', 'c', 'd'].map((name) => keep(named(name))))
    const {answers} = await serve({endpoints, loadBalancer: 'MAGLEV'}, {hashesSourceIp: true})
    expect(new Set(await answers(30)).size).toBe(1)
  })

  test('clusters of one name that two proxies see count their connections apart', async () => {
    const address = freshAddress()
    const flags: string[] = []
    const engine = await keep(make({address, onChange: 'drain', drainMs: 45_000, onAccess: (record) => flags.push(record.flags)}))
    const limited = {name: 'v1', endpoints: [await keep(echo())], maxConnections: 1}
    const ports = [PORT, PORT + 1]
    const listeners = [{port: PORT, to: {v1: 1}}, {port: PORT + 1, to: {'mesh/v1': 1}}]
    await engine.apply(routingOf(listeners, {v1: limited, 'mesh/v1': limited}))
    for (let round = 1; round <= 2; round++) {
      const clients = ports.map((port) => open(address, port))
      for (const client of clients) client.write('x')
      await Promise.all(clients.map((client) => received(client, 'x')))
      for (const port of ports) expect(await ending(open(address, port))).toEqual({text: ''})
      for (const client of clients) client.end()
      await Promise.all(clients.map(ending))
      await until(() => flags.length === round * 4)
    }
    expect(flags.toSorted()).toEqual(['-', '-', '-', '-', 'UO', 'UO', 'UO', 'UO'])
  })
})
