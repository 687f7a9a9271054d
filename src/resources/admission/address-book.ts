import {serviceType, type Service} from '../../api/kinds/service.js'
import type {Store} from '../../store/store.js'
import {decode} from '../codec.js'
import {prefixOf} from '../keys.js'

/** A cluster address or a node port. */
export type Address = string | number

/**
 * Which Service has which address: as the store says, read again only after a write, and as was promised since. Several Services may be on their way into
 * the store at once; a promise holds until its Service is there. One that never comes (it is refused further on) keeps what it was promised in this process.
 */
export class AddressBook {
  readonly #store: Store
  #holders = new Map<Address, string>()
  #revision: number | undefined
  #reading: Promise<void> | undefined
  readonly #promised = new Map<string, readonly Address[]>()

  constructor(store: Store) {
    this.#store = store
  }

  /** Takes note of what has been written. What follows in the same turn knows of every promise made before. */
  async refresh(): Promise<void> {
    if ((await this.#store.revision()) === this.#revision) return
    this.#reading ??= this.#read().finally(() => {
      this.#reading = undefined
    })
    await this.#reading
  }

  /** Whether another Service has an address, or will. */
  isTaken(address: Address, service: Service): boolean {
    const holder = this.#holders.get(address)
    return holder !== undefined && holder !== identity(service)
  }

  /** Keeps the addresses of a Service that is about to be written from all others. */
  promise(service: Service): void {
    this.#promised.set(identity(service), addressesOf(service))
    this.#hold(identity(service), addressesOf(service))
  }

  async #read(): Promise<void> {
    const {entries, revision} = await this.#store.list(prefixOf(serviceType))
    this.#holders = new Map()
    for (const entry of entries) {
      const service = decode<Service>(entry)
      this.#promised.delete(identity(service))
      this.#hold(identity(service), addressesOf(service))
    }
    for (const [who, addresses] of this.#promised) this.#hold(who, addresses)
    this.#revision = revision
  }

  #hold(who: string, addresses: readonly Address[]): void {
    for (const address of addresses) if (!this.#holders.has(address)) this.#holders.set(address, who)
  }
}

function identity({metadata: {namespace = 'default', name}}: Service): string {
  return `${namespace}/${name}`
}

function addressesOf({spec}: Service): readonly Address[] {
  const ports = (spec?.ports ?? []).flatMap(({nodePort}) => nodePort ?? [])
  return [...(spec?.clusterIP === undefined || spec.clusterIP === 'None' ? [] : [spec.clusterIP]), ...ports]
}
