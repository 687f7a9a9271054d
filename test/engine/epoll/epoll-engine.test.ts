import {readdirSync} from 'node:fs'
import {describe} from 'vitest'
import type {Engine} from '../../../src/engine/engine.js'
import {createSplitEngine} from '../../../src/engine/choose-engine.js'
import {engineContract} from '../../contract/engine.js'

/** The contract's listener states say nothing of engines. */
function anonymous(engine: Engine): Engine {
  const apply: Engine['apply'] = async (routing) => (await engine.apply(routing)).map(({engine: _, ...state}) => state)
  return {apply, stats: () => engine.stats(), close: () => engine.close()}
}

describe('epoll engine, with the node engine for TLS, PROXY headers and tunnels', () => {
  engineContract({
    make: async (options) => anonymous(await createSplitEngine(options)),
    descriptors: () => readdirSync('/proc/self/fd').length,
  })
})
