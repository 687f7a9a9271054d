import {UserError} from '../../base/user-error.js'
import {freeAddresses, parseAddressRange, type AddressRange} from './address-range.js'
import {canListen, findFreePorts} from './port-finder.js'

/** Where a pod lives on this machine. */
export interface PodPlacement {
  readonly address: string
  /** Container port → port really listened on, where the pod shares its address; undefined where every port is its own. */
  readonly hostPorts: Readonly<Record<number, number>> | undefined
  hostPort(containerPort: number): number
}

export interface PodAddressesOptions {
  /** The pods' network, e.g. `127.65.0.0/16`. */
  readonly podCIDR: string
  /** Whether every pod gets an address of its own. Only Linux answers on all of 127.0.0.0/8 without being told to. */
  readonly ownAddresses?: boolean
}

const SHARED_ADDRESS = '127.0.0.1'
/** Where so many addresses are busy somebody listens on all of them (`0.0.0.0`), and the container may say so itself. */
const MAX_TRIES = 16

/**
 * Gives pods their places and takes them back.
 *
 * On Linux a pod gets its own address and keeps its ports; an address where something already listens on one of them is passed over, so that two
 * gateways of one machine may have the same network. Elsewhere all pods live at 127.0.0.1 and each container port is another free one.
 */
export class PodAddresses {
  readonly #range: AddressRange
  readonly #ownAddresses: boolean
  /** By pod uid. */
  readonly #placements = new Map<string, PodPlacement>()
  #placing: Promise<unknown> = Promise.resolve()
  #next = 0

  constructor({podCIDR, ownAddresses = process.platform === 'linux'}: PodAddressesOptions) {
    this.#range = parseAddressRange(podCIDR)
    this.#ownAddresses = ownAddresses
  }

  /** The pod's place, the same until it is released. Throws a UserError where the network is full. */
  place(uid: string, ports: readonly number[]): Promise<PodPlacement> {
    const placing = this.#placing.then(() => this.#placements.get(uid) ?? this.#take(uid, ports)) // one after the other: two must not find the same place
    this.#placing = placing.catch(() => {}) // its caller hears of it
    return placing
  }

  /** Gives the pod's place back. */
  release(uid: string): void {
    this.#placements.delete(uid)
  }

  async #take(uid: string, ports: readonly number[]): Promise<PodPlacement> {
    const placement = this.#ownAddresses ? await this.#ownAddress(ports) : await this.#sharedAddress(ports)
    this.#placements.set(uid, placement)
    return placement
  }

  async #ownAddress(ports: readonly number[]): Promise<PodPlacement> {
    const used = new Set([...this.#placements.values()].map(({address}) => address))
    const [first, ...others] = take(freeAddresses(this.#range, used, this.#next), MAX_TRIES)
    if (first === undefined) throw new UserError(`all ${this.#range.size} addresses for pods are taken`, {hint: 'scale something down'})
    const {address, index} = (await findFirst([first, ...others], (free) => canListen(free.address, ports.filter(isUnprivileged)))) ?? first
    this.#next = index + 1
    return {address, hostPorts: undefined, hostPort: (port) => port}
  }

  async #sharedAddress(ports: readonly number[]): Promise<PodPlacement> {
    const taken = new Set([...this.#placements.values()].flatMap(({hostPorts = {}}) => Object.values(hostPorts)))
    const wanted = [...new Set(ports)]
    const found = await findFreePorts(SHARED_ADDRESS, wanted.length, taken)
    const hostPorts: Readonly<Record<number, number>> = Object.fromEntries(wanted.map((port, index) => [port, found[index] ?? port]))
    return {address: SHARED_ADDRESS, hostPorts, hostPort: (port) => hostPorts[port] ?? port}
  }
}

/** A port below 1024 may fail for want of permission on every address alike; the container will say so itself. */
function isUnprivileged(port: number): boolean {
  return port >= 1024
}

function take<T>(values: Iterable<T>, count: number): readonly T[] {
  const taken: T[] = []
  for (const value of values) {
    taken.push(value)
    if (taken.length === count) break
  }
  return taken
}

async function findFirst<T>(values: readonly T[], fits: (value: T) => Promise<boolean>): Promise<T | undefined> {
  for (const value of values) {
    if (await fits(value)) return value
  }
  return undefined
}
