import type {Server} from 'node:net'
import type {PortBinding} from './port-binding.js'

/** Binds a server to an address; undefined when it listens, else the system error code. */
export type Listen = (server: Server, binding: PortBinding) => Promise<string | undefined>

/** Long enough for a burst of clients; the kernel cuts it to its own limit (somaxconn). */
const BACKLOG = 4096

export const listen: Listen = (server, {address, port}) =>
  new Promise((resolve) => {
    const settle = (code: string | undefined) => {
      server.removeListener('error', onError)
      server.removeListener('listening', onListening)
      resolve(code)
    }
    const onError = (error: NodeJS.ErrnoException) => settle(error.code ?? error.message)
    const onListening = () => settle(undefined)
    server.on('error', onError)
    server.on('listening', onListening)
    server.listen({host: address, port, backlog: BACKLOG})
  })
