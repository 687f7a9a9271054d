import {expect, test} from 'vitest'
import {availableEngine} from '../../src/engine/available-engine.js'

test.runIf(process.platform === 'linux')('on Linux `auto` is the epoll engine, and `node` stays node', async () => {
  expect([await availableEngine('auto'), await availableEngine('epoll'), await availableEngine('node')]).toEqual(['epoll', 'epoll', 'node'])
})

test.skipIf(process.platform === 'linux')('elsewhere `auto` is the node engine, and whoever asks for epoll is told why there is none', async () => {
  expect(await availableEngine('auto')).toBe('node')
  await expect(availableEngine('epoll')).rejects.toThrow('there is no epoll engine here: it needs Linux')
})
