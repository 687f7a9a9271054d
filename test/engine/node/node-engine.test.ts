import {readdirSync} from 'node:fs'
import {describe} from 'vitest'
import {createNodeEngine} from '../../../src/engine/node/node-engine.js'
import {engineContract} from '../../contract/engine.js'

describe('node engine', () => {
  engineContract({
    make: async (options) => createNodeEngine(options),
    descriptors: () => readdirSync('/proc/self/fd').length,
  })
})
