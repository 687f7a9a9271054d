import {addressIn} from '../api/cidr.js'
import type {FilterChain, Listener, Routing} from '../routing/routing.js'
import {MESH_PROXY, viewOf, type ProxyId, type ProxyView} from './proxy-view.js'

/** The view of one pod's proxy: in the mesh only chains for clients at its address are its own, with the clusters they lead to. */
export function podView(routing: Routing, proxy: ProxyId, address: string | undefined): ProxyView {
  const view = viewOf(routing, proxy)
  if (proxy !== MESH_PROXY || address === undefined) return view
  const listeners = view.listeners.map((listener): Listener => ({...listener, chains: listener.chains.filter((chain) => isFor(chain, address))}))
  const used = new Set(listeners.flatMap(({chains}) => chains.flatMap(({route}) => route.destinations.map(({cluster}) => cluster))))
  const clusters = Object.fromEntries(Object.entries(view.clusters).filter(([key]) => used.has(key)))
  return {...view, listeners: listeners.filter(({chains}) => chains.length > 0), clusters}
}

/** Gateway pods answer on 15021 and 15090 for themselves; the mesh is served by no pod. */
export function hasPages(proxy: ProxyId): boolean {
  return proxy !== MESH_PROXY
}

function isFor({match}: FilterChain, address: string): boolean {
  return match?.sources === undefined || match.sources.some((block) => addressIn(address, block))
}
