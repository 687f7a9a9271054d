import {createServer, type Server, type Socket} from 'node:net'
import type {ListenerState} from '../engine.js'
import type {Listen} from './listen.js'
import {bindingKey, type PortBinding} from './port-binding.js'

/** Bytes a socket may hold back in each direction before its other side is no longer read. */
export const BUFFER_BYTES = 128 * 1024

interface OpenPort {
  readonly server: Server
  /** The listener the port leads to; a new routing may give the port to another one without closing it. */
  listener: string
}

/** The listening sockets of one engine. `accept` owns every socket it is called with, and `listener` is where it came in. */
export class Ports {
  readonly #open = new Map<string, OpenPort>()

  constructor(
    private readonly listen: Listen,
    private readonly accept: (socket: Socket, listener: string) => void,
  ) {}

  /** Listens on exactly these: what is open already stays as it is, what is no longer wanted stops listening first. */
  async switchTo(bindings: readonly PortBinding[]): Promise<readonly ListenerState[]> {
    const wanted = new Set(bindings.map(bindingKey))
    for (const [key, {server}] of this.#open) {
      if (wanted.has(key)) continue
      this.#open.delete(key)
      server.close()
    }
    const taken = new Set<string>()
    return Promise.all(
      bindings.map(async (binding) => {
        const key = bindingKey(binding)
        const error = taken.has(key) ? 'EADDRINUSE' : await this.#ensure(key, binding, taken)
        return {...binding, bound: error === undefined, ...(error === undefined ? {} : {error})}
      }),
    )
  }

  /** Resolves when no port is held and no accepted socket is open any more. */
  async close(): Promise<void> {
    const servers = [...this.#open.values()].map(({server}) => server)
    this.#open.clear()
    await Promise.all(servers.map((server) => new Promise<void>((resolve) => server.close(() => resolve()))))
  }

  async #ensure(key: string, binding: PortBinding, taken: Set<string>): Promise<string | undefined> {
    taken.add(key)
    const open = this.#open.get(key)
    if (open !== undefined) {
      open.listener = binding.name
      return undefined
    }
    // noDelay: a proxy must not hold back what its sender chose to send
    const server = createServer({allowHalfOpen: true, pauseOnConnect: true, noDelay: true, highWaterMark: BUFFER_BYTES})
    const port: OpenPort = {server, listener: binding.name}
    server.on('error', ignoreAcceptError)
    server.on('connection', (socket) => this.accept(socket, port.listener))
    const error = await this.listen(server, binding)
    if (error === undefined) this.#open.set(key, port)
    return error
  }
}

/** Accepting fails when descriptors run out (EMFILE): the client waits in the backlog or is dropped, and the others must not suffer. */
function ignoreAcceptError(): void {}
