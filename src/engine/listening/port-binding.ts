import {memoizeByIdentity} from '../../base/memoize.js'
import type {Routing} from '../../routing/routing.js'

/** One address and port that leads to a listener. */
export interface PortBinding {
  /** The listener's name. */
  readonly name: string
  readonly address: string
  readonly port: number
}

/**
 * Every address a routing wants to listen on: the listeners' own ports first, so that an alias can never take the port of another listener.
 * `address` stands for the wildcard.
 */
export const portBindings = memoizeByIdentity(({listeners}: Routing, address: string): readonly PortBinding[] => {
  const at = (bind: string) => (bind === '0.0.0.0' ? address : bind)
  return [
    ...listeners.map(({name, bind, port}) => ({name, address: at(bind), port})),
    ...listeners.flatMap(({name, bind, port, aliases}) => aliases.filter((alias) => alias !== port).map((alias) => ({name, address: at(bind), port: alias}))),
  ]
})

/** What tells two bindings of one engine apart, whatever listener they lead to. */
export function bindingKey({address, port}: Pick<PortBinding, 'address' | 'port'>): string {
  return `${address}|${port}`
}
