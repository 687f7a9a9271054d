import cluster from 'node:cluster'
import {readdirSync} from 'node:fs'
import {describe} from 'vitest'
import type * as workerEngine from '../../../src/engine/worker-engine.js'
import {engineContract} from '../../contract/engine.js'
import {compiledFile} from '../../help/compiled.js'
import {anonymous} from './anonymous.js'

const {startWorkerEngine} = (await import(await compiledFile('engine/worker-engine.js'))) as typeof workerEngine

const workerPids = () => Object.values(cluster.workers ?? {}).flatMap((worker) => worker?.process.pid ?? [])

describe('epoll engine in workers', () => {
  engineContract({
    make: async (options) => anonymous(await startWorkerEngine({...options, engine: 'epoll', workers: 2, log: () => undefined})),
    descriptors: () => workerPids().reduce((sum, pid) => sum + readdirSync(`/proc/${pid}/fd`).length, 0),
  })
})
