import {findFreePorts} from '../../src/workload/addresses/port-finder.js'

/** A port of `address` that nobody listens on. */
export async function freePort(address = '127.0.0.1'): Promise<number> {
  const [port = 0] = await findFreePorts(address, 1, new Set())
  return port
}
