import {memoizeByIdentity} from '../base/memoize.js'
import type {Listener, Routing} from '../routing/routing.js'
import {isServedByEpoll} from './epoll/served-by-epoll.js'

export const ENGINES = ['auto', 'node', 'epoll'] as const
/** Which data plane is asked for; `auto` is the fastest that is known to work here. */
export type DataPlaneChoice = (typeof ENGINES)[number]

/** A routing as each of two engines gets it: its own listeners, and all clusters. */
export interface SplitRouting {
  readonly node: Routing
  readonly epoll: Routing
}

/** Every listener that the epoll engine can serve goes there, the others to the node engine; those that want the same address stay together. */
export const splitRouting = memoizeByIdentity((routing: Routing): SplitRouting => {
  let epoll = routing.listeners.filter((listener) => isServedByEpoll(listener, routing.clusters))
  let node = others(routing, epoll)
  for (let before = -1; before !== node.length; ) {
    before = node.length
    const taken = new Set(node.flatMap(addressesOf))
    epoll = epoll.filter((listener) => !addressesOf(listener).some((address) => taken.has(address)))
    node = others(routing, epoll)
  }
  return {node: {...routing, listeners: node}, epoll: {...routing, listeners: epoll}}
})

function others({listeners}: Routing, some: readonly Listener[]): readonly Listener[] {
  const excluded = new Set(some)
  return listeners.filter((listener) => !excluded.has(listener))
}

function addressesOf({bind, port, aliases}: Listener): readonly string[] {
  return [port, ...aliases].map((each) => `${bind}|${each}`)
}
