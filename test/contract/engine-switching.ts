import {connect, type Socket} from 'node:net'
import {expect, test} from 'vitest'
import type {AccessRecord, EngineOptions} from '../../src/engine/engine.js'
import {routingOf, type ListenerShape} from '../engine/routing-of.js'
import {ask, backend, ending, freshAddress, named, open, received, until} from '../engine/sockets.js'
import type {Bench} from './engine.js'

const PORT = 31400

export function switchingContract(bench: Bench): void {
  /** Two versions that say their name at once and then echo. */
  async function world(options: Partial<EngineOptions> = {}) {
    const address = freshAddress()
    const engine = await bench.engine({address, ...options})
    const greeter = (name: string) => backend((socket) => (socket.write(name), void socket.pipe(socket)))
    const clusters = {v1: {endpoints: [await bench.keep(greeter('v1'))]}, v2: {endpoints: [await bench.keep(greeter('v2'))]}}
    const apply = (...listeners: ListenerShape[]) => engine.apply(routingOf(listeners, clusters))
    const greeted = async (port: number, name: string) => {
      const client = open(address, port)
      await received(client, name)
      return client
    }
    return {address, engine, clusters, apply, greeted}
  }

  const V1: ListenerShape = {port: PORT, to: {v1: 1}}
  const V2: ListenerShape = {port: PORT, to: {v2: 1}}
  const OTHER: ListenerShape = {port: 31401, to: {v1: 1}}

  async function answers(client: Socket): Promise<void> {
    const answered = received(client, 'still here')
    client.write('still here')
    await answered
  }

  test('new connections follow the new weights at once, and no attempt fails while they change', async () => {
    const address = freshAddress()
    const engine = await bench.engine({address})
    const clusters = {v1: {endpoints: [await bench.keep(named('v1'))]}, v2: {endpoints: [await bench.keep(named('v2'))]}}
    const shift = (v2: number) => engine.apply(routingOf([{port: PORT, to: v2 === 100 ? {v2} : {v1: 100 - v2, ...(v2 > 0 ? {v2} : {})}}], clusters))
    await shift(0)
    let isShifting = true
    const load = Promise.all(
      Array.from({length: 8}, async () => {
        const seen: {text: string; error?: string}[] = []
        while (isShifting) seen.push(await ask(address, PORT))
        return seen
      }),
    )
    for (let i = 1; i <= 100; i++) {
      await shift(i)
      await ask(address, PORT)
    }
    isShifting = false
    const seen = (await load).flat()
    expect(seen.filter(({text, error}) => error !== undefined || !['v1', 'v2'].includes(text))).toEqual([])
    expect(seen.length).toBeGreaterThan(100)
    for (let i = 0; i < 20; i++) expect(await ask(address, PORT)).toEqual({text: 'v2'})
  })

  test('established connections of a changed route live for the drain time and no longer; unchanged ones are left alone', async () => {
    const {apply, greeted} = await world({drainMs: 500})
    await apply(V1, OTHER)
    const old = await greeted(PORT, 'v1')
    const unchanged = await greeted(31401, 'v1')
    const startMs = performance.now()
    await apply(V2, OTHER)
    await answers(old)
    const fresh = await greeted(PORT, 'v2')
    expect(await ending(old)).toMatchObject({text: ''})
    expect(performance.now() - startMs).toBeGreaterThan(490)
    await answers(unchanged)
    await answers(fresh)
    for (const client of [unchanged, fresh]) client.destroy()
  })

  test('`keep` leaves established connections alone, `close` closes them at once', async () => {
    const keeping = await world({onChange: 'keep', drainMs: 0})
    await keeping.apply(V1)
    const kept = await keeping.greeted(PORT, 'v1')
    await keeping.apply()
    const closing = await world({onChange: 'close'})
    await closing.apply(V1)
    const cut = ending(await closing.greeted(PORT, 'v1'))
    await closing.apply(V2)
    expect(await cut).toMatchObject({text: ''})
    await answers(kept)
    kept.destroy()
  })

  test('only the chains that changed drain, and the connections of all others of the listener live on', async () => {
    const {address, apply} = await world({onChange: 'close'})
    const sources = async (name: string) => {
      const client = connect({host: address, port: PORT, localAddress: name, allowHalfOpen: true})
      client.on('error', () => undefined)
      await received(client, 'v')
      return client
    }
    const [here, there] = [freshAddress(), freshAddress()]
    const chains = (v: string, block: string) => ({port: PORT, to: {}, chains: [{match: {sources: [here]}, to: {v1: 1}}, {match: {sources: [block]}, to: {[v]: 1}}]})
    await apply(chains('v1', there))
    const [kept, rerouted] = [await sources(here), await sources(there)]
    const cut = ending(rerouted)
    await apply(chains('v2', there))
    expect(await cut).toMatchObject({text: ''})
    const fresh = await sources(there)
    await apply(chains('v2', `${there}/31`)) // whose sidecar shares a chain is no matter of the chain
    for (const client of [kept, fresh]) {
      await answers(client)
      client.destroy()
    }
  })

  test('in the mesh a client is told by its address, without a byte from it, and others have no route (NR)', async () => {
    const address = freshAddress()
    const records: AccessRecord[] = []
    const engine = await bench.engine({address, onAccess: (record) => records.push(record)})
    const servers = [await bench.keep(named('v1')), await bench.keep(named('v2'))]
    const clusters = Object.fromEntries(servers.map((server, i) => [`mesh/v${i + 1}`, {name: `v${i + 1}`, endpoints: [server]}]))
    const [pod, other] = [freshAddress(), freshAddress()]
    const chains = [{match: {sources: [pod]}, to: {'mesh/v2': 1}}, {match: {sources: ['127.0.0.0/9']}, to: {'mesh/v1': 1}}]
    const bind = freshAddress()
    await engine.apply(routingOf([{port: 9000, bind, scope: 'mesh', to: {}, chains}], clusters))
    const from = async (localAddress: string) => {
      const client = connect({host: bind, port: 9000, localAddress, allowHalfOpen: true})
      return ending(client)
    }
    expect([await from(pod), await from(other), await from(pod)]).toEqual([{text: 'v2'}, {text: 'v1'}, {text: 'v2'}])
    expect((await from('127.200.0.1')).text).toBe('')
    await until(async () => (await engine.stats()).listeners[`${bind}_9000`]?.accepted === 4)
    if (bench.recordsAccess) {
      await until(() => records.length === 4)
      expect(records.map(({flags, cluster}) => `${flags} ${cluster}`).sort()).toEqual(['- v1', '- v2', '- v2', 'NR -'])
    }
    expect((await engine.stats()).listeners[`${bind}_9000`]).toMatchObject({accepted: 4, active: 0, noChain: 1})
  })

  test('a change of endpoints closes nothing', async () => {
    const {engine, apply, greeted, clusters} = await world({onChange: 'close'})
    await apply(V1)
    const client = await greeted(PORT, 'v1')
    await engine.apply(routingOf([V1], {v1: clusters.v2}))
    const fresh = await greeted(PORT, 'v2')
    await answers(client)
    for (const socket of [client, fresh]) socket.destroy()
  })

  test('a removed listener refuses at once while its connections drain, and can be added again', async () => {
    const {address, apply, greeted} = await world()
    await apply(V1, OTHER)
    const client = await greeted(PORT, 'v1')
    for (let i = 0; i < 3; i++) {
      await apply(OTHER)
      expect(await ask(address, PORT)).toEqual({text: '', error: 'ECONNREFUSED'})
      expect(await apply(V2, OTHER)).toEqual([
        {name: '0.0.0.0_31400', address, port: PORT, bound: true},
        {name: '0.0.0.0_31401', address, port: 31401, bound: true},
      ])
      const fresh = await greeted(PORT, 'v2')
      fresh.destroy()
    }
    await answers(client)
    client.destroy()
  })

  test('a listener with an address of its own is bound there, with its aliases', async () => {
    const {apply, greeted} = await world()
    const bind = freshAddress()
    const name = `${bind}_${PORT}`
    expect(await apply({...V1, bind, aliases: [31402]}, V2)).toEqual([
      {name, address: bind, port: PORT, bound: true},
      {name: '0.0.0.0_31400', address: expect.any(String), port: PORT, bound: true},
      {name, address: bind, port: 31402, bound: true},
    ])
    for (const port of [PORT, 31402]) {
      const client = open(bind, port)
      await received(client, 'v1')
      client.destroy()
    }
    const client = await greeted(PORT, 'v2')
    client.destroy()
  })

  test('close ends every connection and gives the ports back, and may be called twice', async () => {
    const {address, engine, apply, greeted} = await world()
    await apply(V1)
    const cut = ending(await greeted(PORT, 'v1'))
    await Promise.all([engine.close(), engine.close()])
    expect(await cut).toMatchObject({text: ''})
    expect(await ask(address, PORT)).toEqual({text: '', error: 'ECONNREFUSED'})
    await expect(apply(V1)).rejects.toThrow('the engine is closed')
  })

  test('stats keep the clusters that are gone', async () => {
    const {engine, apply, greeted} = await world()
    await apply(V1)
    const client = await greeted(PORT, 'v1')
    client.destroy()
    await apply()
    await until(async () => (await engine.stats()).clusters['v1']?.active === 0)
    expect((await engine.stats()).clusters['v1']).toMatchObject({picked: 1, bytesToClients: 2})
  })
}
