import {EventEmitter} from 'node:events'
import type {Server} from 'node:net'
import {expect, test} from 'vitest'
import {sharedListen} from '../../../src/engine/listening/shared-listen.js'

const BINDING = {name: '0.0.0.0_31400', address: '127.0.0.1', port: 31400}

/** A server whose first `failures` attempts find the address in use. */
function stubborn(failures: number, code = 'EADDRINUSE'): {server: Server; attempts: () => number} {
  let attempts = 0
  const server = Object.assign(new EventEmitter(), {
    listen: () => queueMicrotask(() => (attempts++ < failures ? server.emit('error', Object.assign(new Error(), {code})) : server.emit('listening'))),
  })
  return {server: server as unknown as Server, attempts: () => attempts}
}

test.each([
  ['one that listens at once needs one attempt', 0, 'EADDRINUSE', undefined, 1],
  ['a worker that has failed less often than the others catches up with them', 2, 'EADDRINUSE', undefined, 3],
  ['an address that stays in use is given up', 100, 'EADDRINUSE', 'EADDRINUSE', 8],
  ['another error is final', 1, 'EACCES', 'EACCES', 1],
])('%s', async (_what, failures, code, result, attempts) => {
  const {server, attempts: made} = stubborn(failures, code)
  expect(await sharedListen(() => undefined)(server, BINDING)).toBe(result)
  expect(made()).toBe(attempts)
})

test('a port known to be refused is not tried', async () => {
  const {server, attempts} = stubborn(0)
  expect(await sharedListen((key) => (key === '127.0.0.1|31400' ? 'EADDRINUSE' : undefined))(server, BINDING)).toBe('EADDRINUSE')
  expect(attempts()).toBe(0)
})
