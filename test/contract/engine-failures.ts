import {once} from 'node:events'
import {createServer} from 'node:net'
import {expect, test} from 'vitest'
import type {AccessRecord, ClusterStats, ListenerStats} from '../../src/engine/engine.js'
import {routingOf, type ClusterShape, type ListenerShape} from '../engine/routing-of.js'
import {ask, backend, blackHole, echo, ending, freshAddress, listening, open, received, until} from '../engine/sockets.js'
import type {Bench} from './engine.js'

const PORT = 31400
const CLUSTER: ClusterStats = {
  picked: 1,
  active: 0,
  connected: 0,
  connectFailed: 0,
  connectTimeouts: 0,
  noHealthyUpstream: 0,
  overflow: 0,
  bytesFromClients: 0,
  bytesToClients: 0,
}
const LISTENER: ListenerStats = {accepted: 1, active: 0, noCluster: 0, noChain: 0, tlsFailed: 0}

export function failureContract(bench: Bench): void {
  async function serve(cluster: ClusterShape | undefined, listener: Partial<ListenerShape> = {}) {
    const address = freshAddress()
    const records: AccessRecord[] = []
    const engine = await bench.engine({address, onAccess: (record) => records.push(record)})
    await engine.apply(routingOf([{port: PORT, to: {v1: 1}, ...listener}], cluster === undefined ? {} : {v1: cluster}))
    const record = async () => {
      await until(() => records.length > 0)
      const {flags, cluster: name, upstream, upstreamFailure} = records[0] ?? ({} as Partial<AccessRecord>)
      return {flags, cluster: name, upstream, upstreamFailure}
    }
    /** Of a connection that every engine forwards by itself. */
    const isRecorded = async (expected: Awaited<ReturnType<typeof record>>) => {
      if (bench.recordsAccess) expect(await record()).toEqual(expected)
    }
    return {address, engine, record, isRecorded, records}
  }

  test('a client that resets is a reset for its server', async () => {
    const server = await bench.keep(backend())
    const {address} = await serve({endpoints: [server]})
    const accepted = server.accepted()
    const client = open(address, PORT)
    const atServer = ending(await accepted)
    client.resetAndDestroy()
    expect(await atServer).toEqual({text: '', error: 'ECONNRESET'})
  })

  test('a server that resets is a reset for its client, after what it had sent', async () => {
    const server = await bench.keep(backend())
    const {address} = await serve({endpoints: [server]})
    const accepted = server.accepted()
    const client = open(address, PORT)
    const other = await accepted
    const got = received(client, 'half an answ')
    other.write('half an answ')
    await got
    const end = ending(client)
    other.resetAndDestroy()
    expect(await end).toEqual({text: '', error: 'ECONNRESET'})
  })

  test('a refused endpoint closes the connection (UF,URX)', async () => {
    const free = createServer()
    const {port} = await listening(free, '127.0.0.1', 0)
    free.close()
    await once(free, 'close')
    const {address, engine, isRecorded} = await serve({endpoints: [{address: '127.0.0.1', port}]})
    expect((await ending(open(address, PORT))).text).toBe('')
    await isRecorded({
      flags: 'UF,URX',
      cluster: 'v1',
      upstream: `127.0.0.1:${port}`,
      upstreamFailure: 'delayed_connect_error:_Connection_refused',
    })
    expect((await engine.stats()).clusters).toEqual({v1: {...CLUSTER, connectFailed: 1}})
  })

  test('an endpoint that does not answer closes the connection after the connect timeout (UF,URX)', async () => {
    const hole = await bench.keep(blackHole())
    const {address, engine, record} = await serve({endpoints: [hole], connectTimeoutMs: 300})
    const startMs = performance.now()
    expect((await ending(open(address, PORT))).text).toBe('')
    expect(performance.now() - startMs).toBeGreaterThan(290)
    expect(await record()).toEqual({flags: 'UF,URX', cluster: 'v1', upstream: `127.0.0.1:${hole.port}`, upstreamFailure: undefined})
    expect((await engine.stats()).clusters).toEqual({v1: {...CLUSTER, connectFailed: 1, connectTimeouts: 1}})
  })

  test('an endpoint that is a name is refused without asking DNS', async () => {
    const {address, record} = await serve({endpoints: [{address: 'localhost', port: 9}]})
    await ending(open(address, PORT))
    expect((await record()).upstreamFailure).toBe('delayed_connect_error:_Name_or_service_not_known')
  })

  test('a cluster without endpoints closes the connection (UH)', async () => {
    const {address, engine, isRecorded} = await serve({endpoints: []})
    expect(await ending(open(address, PORT))).toEqual({text: ''})
    await isRecorded({flags: 'UH', cluster: 'v1', upstream: undefined, upstreamFailure: undefined})
    expect(await engine.stats()).toMatchObject({listeners: {'0.0.0.0_31400': LISTENER}, clusters: {v1: {...CLUSTER, noHealthyUpstream: 1}}})
  })

  test('a route to a missing cluster closes the connection (NC)', async () => {
    const {address, engine, isRecorded} = await serve(undefined)
    expect(await ending(open(address, PORT))).toEqual({text: ''})
    await isRecorded({flags: 'NC', cluster: '-', upstream: undefined, upstreamFailure: undefined})
    expect(await engine.stats()).toMatchObject({listeners: {'0.0.0.0_31400': {...LISTENER, noCluster: 1}}, clusters: {v1: CLUSTER}})
  })

  test('connections beyond maxConnections are closed (UO), and a place that becomes free is given out again', async () => {
    const {address, engine, records} = await serve({endpoints: [await bench.keep(echo())], maxConnections: 2})
    const [one, two] = [open(address, PORT), open(address, PORT)]
    const served = Promise.all([received(one, 'a'), received(two, 'b')])
    one.write('a')
    two.write('b')
    await served
    for (let i = 0; i < 4; i++) expect(await ending(open(address, PORT))).toEqual({text: ''})
    await until(() => records.length === 4)
    expect(records.map(({flags}) => flags)).toEqual(['UO', 'UO', 'UO', 'UO'])
    one.end()
    await ending(one)
    await until(() => records.length === 5)
    expect(await ask(address, PORT, 'again')).toEqual({text: 'again'})
    expect((await engine.stats()).clusters['v1']).toMatchObject({picked: 7, active: 1, overflow: 4})
    two.destroy()
  })

  test('a connection without a byte for the idle timeout is closed (SI), one with traffic is not', async () => {
    const {address, record} = await serve({endpoints: [await bench.keep(echo())]}, {idleTimeoutMs: 400})
    const busy = open(address, PORT)
    const idle = open(address, PORT)
    const startMs = performance.now()
    const beat = setInterval(() => busy.write('.'), 50)
    expect(await ending(idle)).toMatchObject({text: ''})
    expect(performance.now() - startMs).toBeGreaterThan(390)
    clearInterval(beat)
    const answered = received(busy, '!')
    busy.write('!')
    await answered
    expect((await record()).flags).toBe('SI')
    busy.destroy()
  })

  test('a connection that has lived for the maximum duration is closed (DT), busy or not', async () => {
    const {address, record} = await serve({endpoints: [await bench.keep(echo())]}, {maxConnectionDurationMs: 400})
    const client = open(address, PORT)
    const startMs = performance.now()
    const beat = setInterval(() => client.write('.'), 20)
    await ending(client)
    clearInterval(beat)
    expect(performance.now() - startMs).toBeGreaterThan(390)
    expect((await record()).flags).toBe('DT')
  })

  test('a port in use is reported and the others work; the next apply tries again', async () => {
    const address = freshAddress()
    const foreign = createServer()
    await listening(foreign, address, PORT)
    const engine = await bench.engine({address})
    const routing = routingOf([{port: PORT, to: {v1: 1}}, {port: 31401, aliases: [PORT, 31402], to: {v1: 1}}], {v1: {endpoints: [await bench.keep(echo())]}})
    const state = (name: string, port: number, error?: string) => ({name, address, port, bound: error === undefined, ...(error === undefined ? {} : {error})})
    const alias = state('0.0.0.0_31401', PORT, 'EADDRINUSE')
    const rest = [state('0.0.0.0_31401', 31401), alias, state('0.0.0.0_31401', 31402)]
    expect(await engine.apply(routing)).toEqual([state('0.0.0.0_31400', PORT, 'EADDRINUSE'), ...rest])
    for (const port of [31401, 31402]) expect(await ask(address, port, 'works')).toEqual({text: 'works'})
    foreign.close()
    await once(foreign, 'close')
    expect(await engine.apply(routing)).toEqual([state('0.0.0.0_31400', PORT), ...rest])
    expect(await ask(address, PORT, 'works now')).toEqual({text: 'works now'})
  })
}
