import {once} from 'node:events'
import {appendFileSync, readFileSync, statSync, writeFileSync} from 'node:fs'
import {createServer} from 'node:net'
import path from 'node:path'
import {afterAll, expect, test} from 'vitest'
import {createSandbox} from '../help/sandbox.js'

const MAX_BYTES = 10 * 1024 * 1024
const sandbox = createSandbox()
afterAll(() => sandbox.close())

test('start warns of a port of its own that another process holds, and the log it writes is put aside when it is full', async () => {
  await sandbox.ok('tshift get pods')
  const log = path.join(sandbox.home, 'gateway.log')
  writeFileSync(log, 'x')
  appendFileSync(log, Buffer.alloc(MAX_BYTES - 2, '\n'))
  const other = createServer().listen(15090, sandbox.address)
  await once(other, 'listening')
  const {code, stderr} = await sandbox.sh('tshift gateway start --bind $BIND')
  other.close()
  expect({code, stderr}).toEqual({code: 0, stderr: expect.stringMatching(/^warning: no metrics port: port 15090 at [\d.]+ is in use.*\n$/) as string})
  expect(statSync(`${log}.1`).size).toBe(MAX_BYTES - 1)
  expect(readFileSync(log, 'utf8')).toMatch(/^\S+ warning: no metrics port: /)
})
