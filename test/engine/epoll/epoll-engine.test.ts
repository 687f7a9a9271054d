import {readdirSync} from 'node:fs'
import {describe} from 'vitest'
import {createSplitEngine} from '../../../src/engine/workers/split-engine.js'
import {engineContract} from '../../contract/engine.js'
import {anonymous} from './anonymous.js'

describe('epoll engine, with the node engine for TLS, PROXY headers and tunnels', () => {
  engineContract({
    make: async (options) => anonymous(await createSplitEngine(options)),
    descriptors: () => readdirSync('/proc/self/fd').length,
  })
})
