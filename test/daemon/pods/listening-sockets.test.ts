import {spawn} from 'node:child_process'
import {once} from 'node:events'
import {expect, test} from 'vitest'
import {listeningSockets} from '../../../src/daemon/pods/listening-sockets.js'

const SERVER = `
const {createServer} = require('node:net')
const hosts = process.argv.slice(1)
const ports = []
for (const host of hosts) {
  const server = createServer().listen(0, host, () => {
    ports.push([host, server.address().port])
    if (ports.length === hosts.length) process.send(Object.fromEntries(ports))
  })
}`

test.runIf(process.platform === 'linux')('the sockets of a session are found, whatever address they have, and those of others are not', async () => {
  const hosts = ['127.0.0.1', '127.3.4.5', '0.0.0.0']
  const start = () => spawn(process.execPath, ['-e', SERVER, ...hosts], {detached: true, stdio: ['ignore', 'ignore', 'inherit', 'ipc']})
  const [child, other] = [start(), start()]
  try {
    const [[ports]] = (await Promise.all([once(child, 'message'), once(other, 'message')])) as [[Record<string, number>], unknown]
    const sockets = await listeningSockets([child.pid ?? 0])
    expect(Object.fromEntries(sockets.map(({address, port}) => [address, port]))).toEqual(ports)
    expect(await listeningSockets([])).toEqual([])
  } finally {
    child.kill()
    other.kill()
  }
})

test('a process that is gone listens nowhere', async () => {
  const child = spawn(process.execPath, ['-e', ''])
  await once(child, 'exit')
  expect(await listeningSockets([child.pid ?? 0])).toEqual([])
})
