import {bindingKey, type PortBinding} from '../listening/port-binding.js'
import {DescriptorChannel, MOST_DESCRIPTORS} from './descriptor-channel.js'
import {type Libc, loadLibc} from './libc.js'
import {Sockets} from './sockets.js'

/** Which ports a parcel of descriptors is for, in their order; for the routing of that generation and later ones. */
export interface PortParcel {
  readonly generation: number
  readonly keys: readonly string[]
}

/** One worker's way to get descriptors. */
export interface PortChannel {
  /** What the worker inherits; to be closed here with `handedOver` once it has. */
  readonly theirs: number
  handedOver(): void
  close(): void
}

/**
 * The listening sockets of the epoll engine, in the primary process. Every worker gets descriptors of the same sockets: what waits in a backlog is taken by
 * whoever is free, and is not lost when a worker dies.
 */
export class SharedPorts {
  readonly #sockets: Sockets
  readonly #transport: DescriptorChannel
  readonly #open = new Map<string, number>()
  readonly #channels = new Set<number>()

  constructor(private readonly libc: Libc) {
    this.#sockets = new Sockets(libc)
    this.#transport = new DescriptorChannel(libc)
  }

  has(key: string): boolean {
    return this.#open.has(key)
  }

  /** Listens on exactly these, and sends new sockets to all workers; returns what cannot be bound, by key, with the error code. */
  switchTo(bindings: readonly PortBinding[], generation: number): Readonly<Record<string, string>> {
    const wanted = new Map(bindings.map((binding) => [bindingKey(binding), binding]))
    for (const [key, fd] of this.#open) if (!wanted.has(key)) this.#close(key, fd)
    const refused: Record<string, string> = {}
    const fresh: string[] = []
    for (const [key, binding] of wanted) {
      if (this.#open.has(key)) continue
      const {fd, error} = this.#sockets.listen(binding)
      if (fd === undefined) refused[key] = error
      else fresh.push(key) && this.#open.set(key, fd)
    }
    for (const channel of this.#channels) this.#send(channel, fresh, generation)
    return refused
  }

  /** A new worker's; it is sent all there is. */
  openChannel(generation: number): PortChannel {
    const [ours, theirs] = this.#transport.openPair()
    this.#channels.add(ours)
    this.#send(ours, [...this.#open.keys()], generation)
    const close = () => void (this.#channels.delete(ours) && this.libc.close(ours))
    return {theirs, handedOver: () => void this.libc.close(theirs), close}
  }

  close(): void {
    for (const [key, fd] of this.#open) this.#close(key, fd)
  }

  #send(channel: number, keys: readonly string[], generation: number): void {
    for (let at = 0; at < keys.length; at += MOST_DESCRIPTORS) {
      const some = keys.slice(at, at + MOST_DESCRIPTORS)
      const parcel: PortParcel = {generation, keys: some}
      this.#transport.send(channel, {text: JSON.stringify(parcel), fds: some.map((key) => this.#open.get(key) ?? -1)})
    }
  }

  #close(key: string, fd: number): void {
    this.#open.delete(key)
    this.libc.close(fd)
  }
}

/** Rejects where libc cannot be called. */
export async function createSharedPorts(): Promise<SharedPorts> {
  return new SharedPorts(await loadLibc())
}
