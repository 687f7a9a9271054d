import {once} from 'node:events'
import {connect, createServer, isIPv6, type Server, type Socket} from 'node:net'
import {goAddress, goErrorText} from '../../workload/echo/go-net-error.js'
import type {ListenAddress} from './addresses.js'

export interface Forwarding {
  readonly addresses: readonly ListenAddress[]
  /** 0 for any free one. */
  readonly local: number
  /** Where the pod's port is on this machine. */
  readonly host: string
  readonly port: number
  /** The pod's port as the user knows it. */
  readonly remote: number
}

export interface ForwardDeps {
  /** Lines for stdout, and for stderr. */
  readonly tell: (line: string) => void
  readonly complain: (line: string) => void
}

/** Listening sockets of a port, and the connections through them. */
export class ForwardedPort {
  readonly #forwarding: Forwarding
  readonly #deps: ForwardDeps
  readonly #servers: Server[] = []
  readonly #sockets = new Set<Socket>()
  #local: number

  private constructor(forwarding: Forwarding, deps: ForwardDeps) {
    this.#forwarding = forwarding
    this.#deps = deps
    this.#local = forwarding.local
  }

  /** Undefined where it cannot be listened on, which is then said. A free port is the same one on all addresses. Source: client-go `listenOnPort`. */
  static async open(forwarding: Forwarding, deps: ForwardDeps): Promise<ForwardedPort | undefined> {
    const port = new ForwardedPort(forwarding, deps)
    const failures: {readonly text: string; readonly isOptional: boolean}[] = []
    for (const {address, isOptional} of forwarding.addresses) {
      const text = await port.#listen(address)
      if (text !== undefined) failures.push({text, isOptional})
    }
    const optional = failures.filter((failure) => failure.isOptional).length
    const isListening = failures.length === optional && (optional === 0 || optional < forwarding.addresses.filter((one) => one.isOptional).length)
    if (isListening) return port
    port.close()
    const reasons = failures.map(({text}) => text).join(' ')
    deps.complain(`Unable to listen on port ${forwarding.local}: Listeners failed to create with the following errors: [${reasons}]`)
    return undefined
  }

  /** Stops listening and ends what is open. */
  close(): void {
    for (const server of this.#servers) server.close()
    for (const socket of this.#sockets) socket.destroy()
  }

  /** Why it cannot be listened there, as client-go says it. */
  async #listen(address: string): Promise<string | undefined> {
    const {host, port, remote} = this.#forwarding
    // the ingress gateway's ports are bound on this machine as they are: what is asked for is there already
    const isThere = this.#local === port && address === host
    const server = createServer({allowHalfOpen: true, noDelay: true}, (client) => this.#pipe(client))
    try {
      if (!isThere) await once(server.listen(this.#local, address), 'listening')
    } catch (error) {
      const network = isIPv6(address) ? 'tcp6' : 'tcp4'
      return `unable to create listener: Error listen ${network} ${goAddress(address, this.#local)}: bind: ${goErrorText(error as Error)}`
    }
    if (!isThere) {
      this.#servers.push(server)
      this.#local = (server.address() as {readonly port: number}).port
    }
    this.#deps.tell(`Forwarding from ${goAddress(address, this.#local)} -> ${remote}`)
    return undefined
  }

  /** Half-closes and resets go through; what fails ends this connection and no other. */
  #pipe(client: Socket): void {
    const {host, port, remote} = this.#forwarding
    this.#deps.tell(`Handling connection for ${this.#local}`)
    const server = connect({host, port, allowHalfOpen: true, noDelay: true})
    let isOpen = false
    server.once('connect', () => {
      isOpen = true
    })
    client.on('error', () => server.resetAndDestroy())
    server.on('error', (error) => {
      if (!isOpen) this.#deps.complain(`an error occurred forwarding ${this.#local} -> ${remote}: error forwarding port ${remote}: ${goErrorText(error)}`)
      client.resetAndDestroy()
    })
    client.pipe(server)
    server.pipe(client)
    for (const socket of [client, server]) this.#sockets.add(socket.once('close', () => this.#sockets.delete(socket)))
  }
}
