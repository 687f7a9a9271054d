import {once} from 'node:events'
import {connect, createServer, type Server, type Socket} from 'node:net'
import {UserError} from '../../base/user-error.js'

export interface Forwarding {
  /** Local addresses to listen on; one that cannot be bound is left out as long as another can. */
  readonly addresses: readonly string[]
  readonly local: number
  readonly host: string
  readonly port: number
  /** The remote port as the user knows it. */
  readonly shown: number
  readonly say: (line: string) => void
}

/** Listens locally and pipes each connection to the target. Throws a UserError where no local address can be bound. */
export async function forward(forwarding: Forwarding): Promise<readonly Server[]> {
  const results = await Promise.allSettled(forwarding.addresses.map((address) => listen(address, forwarding)))
  const servers = results.flatMap((result) => (result.status === 'fulfilled' && result.value !== undefined ? [result.value] : []))
  const isServedAlready = results.some((result) => result.status === 'fulfilled')
  if (isServedAlready) return servers
  const reason = results.find((result) => result.status === 'rejected')?.reason as NodeJS.ErrnoException | undefined
  throw new UserError(`unable to listen on port ${forwarding.local}: ${reason?.message ?? ''}`, {hint: 'choose another local port, e.g. :9000 for any free one'})
}

async function listen(address: string, forwarding: Forwarding): Promise<Server | undefined> {
  const {local, host, port, shown, say} = forwarding
  // the ingress gateway's ports are bound on this machine as they are: what is asked for is there already
  if (local === port && address === host) {
    say(`Forwarding from ${address}:${local} -> ${shown}`)
    return undefined
  }
  const server = createServer({allowHalfOpen: true, noDelay: true}, (client) => pipe(client, forwarding))
  server.listen(local, address)
  await once(server, 'listening')
  const bound = (server.address() as {port: number}).port
  say(`Forwarding from ${address.includes(':') ? `[${address}]` : address}:${bound} -> ${shown}`)
  return server
}

function pipe(client: Socket, {host, port, shown, say, local}: Forwarding): void {
  say(`Handling connection for ${local === 0 ? shown : local}`)
  const remote = connect({host, port, allowHalfOpen: true, noDelay: true})
  const end = (error?: Error) => {
    if (error !== undefined && !client.destroyed) say(`error forwarding port ${shown}: ${error.message}`)
    client.destroy()
    remote.destroy()
  }
  client.on('error', () => end())
  remote.on('error', end)
  client.pipe(remote)
  remote.pipe(client)
}
