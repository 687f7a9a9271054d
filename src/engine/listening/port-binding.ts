import {memoizeByIdentity} from '../../base/memoize.js'
import type {Listener, Routing} from '../../routing/routing.js'

/** One address and port that leads to a listener. */
export interface PortBinding {
  /** The listener's name. */
  readonly name: string
  readonly address: string
  readonly port: number
}

/**
 * Every address a routing wants to listen on: the listeners' own ports first, so that an alias can never take the port of another listener.
 * `address` stands for the wildcard. The bindings of a listener that is the very same are the very same.
 */
export const portBindings = memoizeByIdentity(({listeners}: Routing, address: string): readonly PortBinding[] => {
  const all = listeners.map((listener) => bindingsOf(listener, address))
  return [...all.map(({own}) => own), ...all.flatMap(({aliases}) => aliases)]
})

const bindingsOf = memoizeByIdentity(({name, bind, port, aliases}: Listener, address: string) => {
  const at = (each: number): PortBinding => ({name, address: bind === '0.0.0.0' ? address : bind, port: each})
  return {own: at(port), aliases: aliases.filter((alias) => alias !== port).map(at)}
})

/** Whether two lists of bindings are about the same addresses for the same listeners, in the same order. */
export function isSameBindings(a: readonly PortBinding[], b: readonly PortBinding[]): boolean {
  return a.length === b.length && a.every((one, i) => one === b[i] || isSame(one, b[i]))
}

function isSame(a: PortBinding, b: PortBinding | undefined): boolean {
  return a.port === b?.port && a.address === b.address && a.name === b.name
}

/** What tells two bindings of one engine apart, whatever listener they lead to. */
export function bindingKey({address, port}: Pick<PortBinding, 'address' | 'port'>): string {
  return `${address}|${port}`
}
