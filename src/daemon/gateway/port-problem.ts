import {portOwner} from './port-owner.js'

interface RefusedPort {
  readonly address: string
  readonly port: number
  readonly error?: string
}

/** Why a port cannot be had, in words, with the process that holds it where that is known. `error` is the system's error code. */
export async function portProblem({address, port, error}: RefusedPort): Promise<string> {
  switch (error) {
    case 'EADDRINUSE': {
      const owner = await portOwner(address, port)
      return `port ${port} at ${address} is in use${owner === undefined ? '' : ` by ${owner.command} (pid ${owner.pid})`}`
    }
    case 'EACCES':
      return `port ${port} at ${address} needs more rights than this process has`
    default:
      return `port ${port} at ${address} cannot be bound: ${error ?? 'unknown reason'}`
  }
}
