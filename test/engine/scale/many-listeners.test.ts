import {expect, onTestFinished, test} from 'vitest'
import type * as workerEngine from '../../../src/engine/workers/worker-engine.js'
import type {Routing} from '../../../src/routing/routing.js'
import {compiledFile} from '../../help/compiled.js'
import {routingOf, type ListenerShape} from '../routing-of.js'
import {ask, backend, freshAddress, open, received} from '../sockets.js'
import {mostDescriptors} from './start-process.js'

const {startWorkerEngine} = (await import(await compiledFile('engine/workers/worker-engine.js'))) as typeof workerEngine
const LISTENERS = 1000
const CHANGED = 10
const FIRST = 10_000
/** Clients at once. */
const AT_ONCE = 50
const NEEDED = 2 * LISTENERS + 500

const ports = (from: number, count: number): readonly number[] => Array.from({length: count}, (_, i) => FIRST + from + i)
const toV1 = (port: number): ListenerShape => ({port, to: {v1: 1}})

/** Asks each port once; those that did not answer as they should. */
async function unanswered(address: string, asked: readonly number[]): Promise<readonly {port: number; text: string; error?: string}[]> {
  const left = [...asked]
  const wrong: {port: number; text: string; error?: string}[] = []
  const askSome = async () => {
    for (let port = left.pop(); port !== undefined; port = left.pop()) {
      const answer = await ask(address, port)
      if (answer.text !== 'hello\n') wrong.push({port, ...answer})
    }
  }
  await Promise.all(Array.from({length: AT_ONCE}, askSome))
  return wrong
}

test.skipIf(mostDescriptors() < NEEDED).each(['epoll', 'node'] as const)(
  `1,000 listeners of the %s engine all serve, and go on while some come and others go (takes ${NEEDED} descriptors)`,
  async (engine) => {
    if (engine === 'epoll' && process.platform !== 'linux') return
    const address = freshAddress()
    const server = await backend((socket) => void socket.pipe(socket))
    const gateway = await startWorkerEngine({engine, address, workers: 2, onChange: 'drain', drainMs: 45_000, log: () => undefined})
    onTestFinished(async () => {
      await gateway.close()
      server.close()
    })
    const clusters = {v1: {endpoints: [{address: server.address, port: server.port}]}}
    const all: Routing = routingOf(ports(0, LISTENERS).map(toV1), clusters)
    const other = routingOf(ports(CHANGED, LISTENERS).map(toV1), clusters).listeners.slice(-CHANGED)

    expect((await gateway.apply(all)).filter(({bound}) => !bound)).toEqual([])
    expect(await unanswered(address, ports(0, LISTENERS))).toEqual([])

    const held = ports(CHANGED, LISTENERS - CHANGED).filter((port) => port % 50 === 0).map((port) => open(address, port))
    for (const socket of held) socket.write('before\n')
    await Promise.all(held.map((socket) => received(socket, 'before\n')))
    const meanwhile = unanswered(address, ports(CHANGED, LISTENERS - CHANGED))
    const states = await gateway.apply({...all, listeners: [...all.listeners.slice(CHANGED), ...other]})
    expect(states.filter(({bound}) => !bound)).toEqual([])
    expect(states.length).toBe(LISTENERS)
    expect(await meanwhile).toEqual([])

    expect(await unanswered(address, ports(LISTENERS, CHANGED))).toEqual([])
    expect((await unanswered(address, ports(0, CHANGED))).map(({error}) => error)).toEqual(Array.from({length: CHANGED}, () => 'ECONNREFUSED'))
    for (const socket of held) socket.write('after\n')
    await Promise.all(held.map((socket) => received(socket, 'after\n')))
    for (const socket of held) socket.destroy()
  },
  60_000,
)
