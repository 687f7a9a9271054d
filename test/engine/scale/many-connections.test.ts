import {describe, expect, test} from 'vitest'
import type {EngineStats, ListenerState} from '../../../src/engine/engine.js'
import {compiledFile} from '../../help/compiled.js'
import {routingOf} from '../routing-of.js'
import {freshAddress, until} from '../sockets.js'
import {mostDescriptors, startProcess} from './start-process.js'

const CONNECTIONS = 10_000
const PORT = 31400
const WORKERS = 2
/** Two for each connection, which all might come to one worker. */
const NEEDED = 2 * CONNECTIONS
const MOST_RESIDENT = 300 * 1024 * 1024

interface Measured {
  readonly pid: number
  readonly resident: number
  readonly descriptors: number
}

const obstacle = mostDescriptors() < NEEDED ? `one process may have ${mostDescriptors()} descriptors at most (ulimit -Hn), and this takes ${NEEDED}` : undefined

describe.skipIf(obstacle !== undefined || process.platform !== 'linux')(`10,000 connections at once${obstacle === undefined ? '' : `: skipped, since ${obstacle}`}`, () => {
  test.each(['epoll', 'node'])('through the %s engine are all answered, within 300 MiB, and leave no descriptor behind', async (engine) => {
    const address = freshAddress()
    const options = {engine, address, workers: WORKERS, onChange: 'drain', drainMs: 45_000}
    const gateway = await startProcess('engine-main.js', await compiledFile('engine/workers/worker-engine.js'), JSON.stringify(options))
    const server = await startProcess('echo-main.js')
    const clients = await startProcess('clients-main.js', address, String(PORT))
    const routing = routingOf([{port: PORT, to: {v1: 1}}], {v1: {endpoints: [{address: '127.0.0.1', port: await server.ask<number>('port')}]}})
    const states = await gateway.ask<readonly ListenerState[]>({apply: routing})
    expect(states.map(({bound}) => bound)).toEqual([true])
    const stats = async () => (await gateway.ask<EngineStats>({stats: true})).listeners[`0.0.0.0_${PORT}`]
    const descriptors = async () => (await gateway.ask<readonly Measured[]>({})).map((measured) => measured.descriptors)

    const before = await descriptors()
    expect(await clients.ask({open: CONNECTIONS})).toBe(CONNECTIONS)
    expect(await clients.ask({ask: 'hello'})).toBe(CONNECTIONS)
    expect(await stats()).toEqual({accepted: CONNECTIONS, active: CONNECTIONS, noCluster: 0, noChain: 0, tlsFailed: 0})
    const resident = (await gateway.ask<readonly Measured[]>({})).reduce((sum, measured) => sum + measured.resident, 0)
    expect(resident).toBeLessThanOrEqual(MOST_RESIDENT)

    expect(await clients.ask({end: true})).toBe(CONNECTIONS)
    await until(async () => (await stats())?.active === 0)
    await until(async () => JSON.stringify(await descriptors()) === JSON.stringify(before))
  })
})
