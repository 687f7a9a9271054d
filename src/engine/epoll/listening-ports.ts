import type {ListenerState} from '../engine.js'
import {bindingKey, isSameBindings, type PortBinding} from '../listening/port-binding.js'
import type {EventLoop} from './event-loop.js'
import {ListeningPort} from './listening-port.js'
import type {Opened} from './sockets.js'

/** Where the listening socket of an address comes from. The engine closes it. */
export type OpenPort = (binding: PortBinding) => Opened

/** The listening sockets of one engine. `accept` owns every descriptor it is called with, and `listener` is where it came in. */
export class ListeningPorts {
  readonly #open = new Map<string, ListeningPort>()
  /** What was asked for last, where all of it was had. */
  #settled: {readonly bindings: readonly PortBinding[]; readonly states: readonly ListenerState[]} | undefined

  constructor(
    private readonly loop: EventLoop,
    private readonly openPort: OpenPort,
    private readonly accept: (fd: number, listener: string) => void,
  ) {}

  /** Listens on exactly these: what is open already stays as it is, what is no longer wanted stops listening first. */
  switchTo(bindings: readonly PortBinding[]): readonly ListenerState[] {
    if (this.#settled !== undefined && isSameBindings(bindings, this.#settled.bindings)) return this.#settled.states
    const states = this.#bindAll(bindings)
    this.#settled = states.every(({bound}) => bound) ? {bindings, states} : undefined // what failed may succeed the next time
    return states
  }

  close(): void {
    for (const port of this.#open.values()) port.close()
    this.#open.clear()
    this.#settled = undefined
  }

  #bindAll(bindings: readonly PortBinding[]): readonly ListenerState[] {
    const wanted = new Set(bindings.map(bindingKey))
    for (const [key, port] of this.#open) {
      if (wanted.has(key)) continue
      this.#open.delete(key)
      port.close()
    }
    const taken = new Set<string>()
    return bindings.map((binding) => {
      const key = bindingKey(binding)
      const error = taken.has(key) ? 'EADDRINUSE' : this.#ensure(key, binding)
      taken.add(key)
      return {...binding, bound: error === undefined, engine: 'epoll', ...(error === undefined ? {} : {error})}
    })
  }

  #ensure(key: string, binding: PortBinding): string | undefined {
    const open = this.#open.get(key)
    if (open !== undefined) {
      open.listener = binding.name
      return undefined
    }
    const {fd, error} = this.openPort(binding)
    if (fd !== undefined) this.#open.set(key, new ListeningPort(fd, binding.name, this.loop, this.accept))
    return error
  }
}
