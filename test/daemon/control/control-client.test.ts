import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import path from 'node:path'
import {afterAll, expect, test} from 'vitest'
import {askGateway} from '../../../src/daemon/control/control-client.js'
import {serveControl} from '../../../src/daemon/control/control-server.js'

const directory = mkdtempSync(path.join(tmpdir(), 'tshift-control-'))
afterAll(() => rmSync(directory, {recursive: true}))

test('a gateway of an older version, which does not know what it is asked, is to be started anew', async () => {
  const socket = path.join(directory, 'gateway.sock')
  const server = await serveControl(socket, {})
  await expect(askGateway(socket, 'processes')).rejects.toMatchObject({
    message: "the gateway that runs is of another version and does not know 'processes'",
    hint: "start it anew: 'tshift gateway restart'",
  })
  server.close()
})
