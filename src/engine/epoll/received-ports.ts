import {bindingKey, type PortBinding} from '../listening/port-binding.js'
import {DescriptorChannel} from './descriptor-channel.js'
import {loadLibc, type Libc} from './libc.js'
import type {PortParcel} from './shared-ports.js'
import type {Opened} from './sockets.js'

/** The number under which a worker inherits its channel: after stdin, stdout, stderr and Node's own. */
const CHANNEL_FD = 4

interface Received {
  readonly generation: number
  readonly key: string
  readonly fd: number
}

/** The listening sockets a worker was sent and has not taken yet. */
export class ReceivedPorts {
  readonly #transport: DescriptorChannel
  #received: Received[] = []
  #refused: Readonly<Record<string, string>> = {}
  #generation = 0

  constructor(private readonly libc: Libc) {
    this.#transport = new DescriptorChannel(libc)
  }

  /** From here on `open` gives what belongs to this routing. The descriptors were sent before the routing was. */
  follow(generation: number, refused: Readonly<Record<string, string>>): void {
    this.#generation = generation
    this.#refused = refused
    for (let parcel = this.#transport.receive(CHANNEL_FD); parcel !== undefined; parcel = this.#transport.receive(CHANNEL_FD)) {
      const {generation, keys} = JSON.parse(parcel.text) as PortParcel
      parcel.fds.forEach((fd, index) => this.#received.push({generation, key: keys[index] ?? '', fd}))
    }
  }

  open(binding: PortBinding): Opened {
    const key = bindingKey(binding)
    const refused = this.#refused[key]
    if (refused !== undefined) return {error: refused}
    const candidates = this.#received.filter((port) => port.key === key && port.generation <= this.#generation)
    const newest = candidates.pop()
    for (const {fd} of candidates) this.libc.close(fd) // of a time between, when the port was given up and taken again
    this.#received = this.#received.filter((port) => port !== newest && !candidates.includes(port))
    return newest === undefined ? {error: 'EBADF'} : {fd: newest.fd}
  }
}

/** Rejects where libc cannot be called. */
export async function createReceivedPorts(): Promise<ReceivedPorts> {
  return new ReceivedPorts(await loadLibc())
}
