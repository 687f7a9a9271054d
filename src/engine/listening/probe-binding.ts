import {createServer} from 'node:net'
import {listen} from './listen.js'
import type {PortBinding} from './port-binding.js'

/** Whether an address could be listened on now: undefined, or the system error code. Nothing stays bound. */
export async function probeBinding(binding: PortBinding): Promise<string | undefined> {
  const server = createServer((socket) => socket.destroy())
  const error = await listen(server, binding)
  if (error === undefined) await new Promise((resolve) => server.close(resolve))
  return error
}
