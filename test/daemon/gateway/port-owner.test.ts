import {once} from 'node:events'
import {createServer} from 'node:net'
import path from 'node:path'
import {expect, test} from 'vitest'
import {portOwner} from '../../../src/daemon/gateway/port-owner.js'
import {freshAddress, listening} from '../../engine/sockets.js'

test.runIf(process.platform === 'linux')('who listens on a port is named by its program, whatever its threads are called', async () => {
  const server = createServer()
  const address = freshAddress()
  const {port} = await listening(server, address, 0)
  expect(await portOwner(address, port)).toEqual({pid: process.pid, command: path.basename(process.execPath)})
  server.close()
  await once(server, 'close')
  expect(await portOwner(address, port)).toBeUndefined()
})
