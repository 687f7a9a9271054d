import {createServer, type AddressInfo, type Server} from 'node:net'

/** Whether a program could listen on all of `ports` of `address` now. */
export async function canListen(address: string, ports: readonly number[]): Promise<boolean> {
  const servers = await Promise.allSettled(ports.map((port) => listen(address, port)))
  await closeAll(servers)
  return servers.every(({status}) => status === 'fulfilled')
}

/** As many different ports of `address` as asked for that nobody listens on and that are not `taken`. */
export async function findFreePorts(address: string, count: number, taken: ReadonlySet<number>): Promise<readonly number[]> {
  const found: number[] = []
  const held: PromiseSettledResult<Server>[] = [] // held until all are found, so that no port is found twice
  try {
    while (found.length < count) {
      const server = await listen(address, 0)
      held.push({status: 'fulfilled', value: server})
      const {port} = server.address() as AddressInfo
      if (!taken.has(port)) found.push(port)
    }
    return found
  } finally {
    await closeAll(held)
  }
}

function listen(host: string, port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen({host, port, exclusive: true}, () => resolve(server))
  })
}

async function closeAll(servers: readonly PromiseSettledResult<Server>[]): Promise<void> {
  await Promise.all(servers.map((server) => new Promise((resolve) => (server.status === 'fulfilled' ? server.value.close(resolve) : resolve(undefined)))))
}
