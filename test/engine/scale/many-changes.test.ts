import {expect, onTestFinished, test} from 'vitest'
import type {EngineStats} from '../../../src/engine/engine.js'
import type * as workerEngine from '../../../src/engine/workers/worker-engine.js'
import {shareRouting} from '../../../src/routing/share.js'
import {compiledFile} from '../../help/compiled.js'
import {routingOf} from '../routing-of.js'
import {freshAddress, named, until} from '../sockets.js'
import {startProcess} from './start-process.js'

const {startWorkerEngine} = (await import(await compiledFile('engine/workers/worker-engine.js'))) as typeof workerEngine
const CHANGES = 100
const PORT = 31400
const SUBSETS = ['v1', 'v2', 'v3'] as const
/** Connections that each change is judged by. */
const SEEN = 10

interface Load {
  readonly answered: number
  readonly failures: readonly string[]
}

test.each(['epoll', 'node'] as const)('weights that change 100 times under load of the %s engine are each in force at once, and no connection fails', async (engine) => {
  if (engine === 'epoll' && process.platform !== 'linux') return
  const address = freshAddress()
  const servers = await Promise.all(SUBSETS.map((subset) => named(subset)))
  const gateway = await startWorkerEngine({engine, address, workers: 2, onChange: 'drain', drainMs: 45_000, log: () => undefined})
  onTestFinished(async () => {
    await gateway.close()
    for (const server of servers) server.close()
  })
  const clusters = Object.fromEntries(SUBSETS.map((subset, i) => [subset, {endpoints: servers.slice(i, i + 1).map(({address: host, port}) => ({address: host, port}))}]))
  /** The `i`-th weights: one of the three has none. */
  const weights = (i: number) => Object.fromEntries(SUBSETS.map((subset, nth) => [subset, nth === i % SUBSETS.length ? 0 : 10 + ((i * 7 + nth) % 50)]).filter(([, weight]) => weight !== 0))
  const picked = ({clusters: counted}: EngineStats) => SUBSETS.map((subset) => counted[subset]?.picked ?? 0)
  const total = (stats: EngineStats) => picked(stats).reduce((sum, count) => sum + count, 0)

  let routing = routingOf([{port: PORT, to: weights(0)}], clusters)
  await gateway.apply(routing)
  const load = await startProcess('load-main.js', address, String(PORT))
  await load.ask<Load>({start: true})
  const strays: string[] = []
  for (let i = 1; i <= CHANGES; i++) {
    routing = shareRouting(routing, routingOf([{port: PORT, to: weights(i)}], clusters))
    await gateway.apply(routing)
    const before = await gateway.stats()
    await until(async () => total(await gateway.stats()) >= total(before) + SEEN)
    const without = i % SUBSETS.length
    const more = (picked(await gateway.stats())[without] ?? 0) - (picked(before)[without] ?? 0)
    if (more !== 0) strays.push(`change ${i}: ${more} to ${SUBSETS[without] ?? ''}`)
  }
  const {answered, failures} = await load.ask<Load>({stop: true})
  expect(strays).toEqual([])
  expect(failures).toEqual([])
  expect(answered).toBeGreaterThanOrEqual(CHANGES * SEEN)
})
