import {readdirSync} from 'node:fs'
import {describe} from 'vitest'
import {createNftablesEngine} from '../../../src/engine/nftables/nftables-engine.js'
import {tableName} from '../../../src/engine/nftables/table.js'
import {createSplitEngine} from '../../../src/engine/workers/split-engine.js'
import {engineContract} from '../../contract/engine.js'
import {anonymous} from '../epoll/anonymous.js'

let count = 0

describe('nftables engine, with the epoll and the node engine for what the kernel cannot do', () => {
  engineContract({
    make: async (options) => {
      const table = tableName(`contract ${count++}`)
      return anonymous(await createNftablesEngine({...options, others: await createSplitEngine(options), table, log: () => undefined}))
    },
    descriptors: () => readdirSync('/proc/self/fd').length,
    isSilent: true,
    tlsIsElsewhere: 'the node engine has it, in node-engine.test.ts',
  })
})
