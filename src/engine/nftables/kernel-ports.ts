import type {ListenerState} from '../engine.js'
import {listen} from '../listening/listen.js'
import {bindingKey, type PortBinding} from '../listening/port-binding.js'
import {Ports} from '../listening/ports.js'

/**
 * The listening sockets behind the rules: they hold the ports, so that no other process takes them, and close what the rules let through — a draw that fell
 * on nothing. `onStray` hears of each such connection.
 */
export class KernelPorts {
  readonly #ports: Ports
  #held: readonly PortBinding[] = []

  constructor(onStray: (listener: string) => void) {
    this.#ports = new Ports(listen, (socket, listener) => {
      socket.on('error', () => undefined)
      socket.destroy()
      onStray(listener)
    })
  }

  /** What is ours. */
  get held(): readonly PortBinding[] {
    return this.#held
  }

  /** Gives up all but these. */
  async releaseOthers(wanted: readonly PortBinding[]): Promise<void> {
    const keys = new Set(wanted.map(bindingKey))
    await this.hold(this.#held.filter((binding) => keys.has(bindingKey(binding))))
  }

  async hold(wanted: readonly PortBinding[]): Promise<readonly ListenerState[]> {
    const states = await this.#ports.switchTo(wanted)
    const bound = new Set(states.filter((state) => state.bound).map(bindingKey))
    this.#held = wanted.filter((binding) => bound.has(bindingKey(binding)))
    return states.map((state) => ({...state, engine: 'nftables'}))
  }

  close(): Promise<void> {
    this.#held = []
    return this.#ports.close()
  }
}
