import {memoizeByIdentity} from '../base/memoize.js'
import type {Listener, Routing} from '../routing/routing.js'
import {isServedByEpoll} from './epoll/served-by-epoll.js'

export const ENGINES = ['auto', 'node', 'epoll', 'nftables'] as const
/** Which data plane is asked for; `auto` is the fastest that works here without rights of its own: never nftables. */
export type DataPlaneChoice = (typeof ENGINES)[number]

/** A routing as each of two engines gets it: its own listeners, and all clusters. */
export interface SplitRouting {
  readonly node: Routing
  readonly epoll: Routing
}

/** Every listener that the epoll engine can serve goes there, the others to the node engine. */
export const splitRouting = memoizeByIdentity((routing: Routing): SplitRouting => {
  const {served, rest} = divideRouting(routing, (listener) => isServedByEpoll(listener, routing.clusters))
  return {node: rest, epoll: served}
})

/** A routing by whether an engine can serve a listener; those that want the same address as one it cannot serve stay with that. */
export function divideRouting(routing: Routing, canServe: (listener: Listener) => boolean): {readonly served: Routing; readonly rest: Routing} {
  let served: readonly Listener[] = routing.listeners.filter(canServe)
  let rest = others(routing, served)
  for (let before = -1; before !== rest.length; ) {
    before = rest.length
    const taken = new Set(rest.flatMap(addressesOf))
    served = served.filter((listener) => !addressesOf(listener).some((address) => taken.has(address)))
    rest = others(routing, served)
  }
  return {served: {...routing, listeners: served}, rest: {...routing, listeners: rest}}
}

function others({listeners}: Routing, some: readonly Listener[]): readonly Listener[] {
  const excluded = new Set(some)
  return listeners.filter((listener) => !excluded.has(listener))
}

function addressesOf({bind, port, aliases}: Listener): readonly string[] {
  return [port, ...aliases].map((each) => `${bind}|${each}`)
}
