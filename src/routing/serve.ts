import {firstRule, type BoundRule, type GatewayBindings} from './bindings.js'
import {serverCovers} from './host.js'
import {aliasesOf, type IngressPorts} from './ingress-ports.js'
import type {Server, SkippedServer} from './merge-servers.js'
import type {Mesh} from './mesh.js'
import {namespaceOf} from './naming.js'
import type {FilterChain, Listener} from './routing.js'
import {compileRoute, type CompiledRoute} from './tcp-route.js'

/** A plain TCP server with the rule that won it, if any did. */
export interface ServedServer {
  readonly server: Server
  readonly winner: BoundRule | undefined
  /** Absent without a winner, and where the winner's weights are all 0. */
  readonly compiled: CompiledRoute | undefined
}

/** The first rule that matches the server's port and whose hosts overlap wins; nothing else is looked at (buildGatewayNetworkFiltersFromTCPRoutes). */
export function serve(server: Server, bindings: GatewayBindings, mesh: Mesh): ServedServer {
  const winner = firstRule(bindings, server.number, ({service}) => serverCovers(server.hosts, service.hosts, service.namespace))
  return {server, winner, compiled: winner && compileRoute(winner, server.number, mesh)}
}

export interface BuiltListeners {
  readonly listeners: readonly Listener[]
  /** Envoy refuses a listener with two chains for the same connections; the first one stays. */
  readonly refused: readonly SkippedServer[]
}

/** Listeners by port. A server without a route makes no chain, and without a chain there is no listener: its port stays closed. */
export function buildListeners(served: readonly ServedServer[], ports: IngressPorts): BuiltListeners {
  const owners = new Map<string, Server>()
  const refused: SkippedServer[] = []
  const listeners: Omit<Listener, 'aliases'>[] = []
  for (const {server, winner, compiled} of served) {
    if (winner === undefined || compiled === undefined) continue
    const bind = server.bind === '' ? '0.0.0.0' : server.bind
    const name = `${bind}_${server.port}`
    const owner = owners.get(name)
    if (owner !== undefined) {
      refused.push({server, by: owner, hosts: []})
      continue
    }
    owners.set(name, server)
    listeners.push({name, bind, port: server.port, chains: [chainOf(server, winner, compiled)]})
  }
  return {listeners: withAliases(listeners.sort((a, b) => a.port - b.port || (a.name < b.name ? -1 : 1)), ports), refused}
}

function chainOf({gateway, index, number}: Server, {service, rule}: BoundRule, {route}: CompiledRoute): FilterChain {
  return {
    gateway: {namespace: namespaceOf(gateway), name: gateway.metadata.name, server: index, port: number},
    source: {namespace: service.namespace, name: service.object.metadata.name, rule},
    route,
  }
}

/** A port that is a listener's own is no other's alias, and an alias goes to the first that has it. A Service reaches only the pod's own address. */
function withAliases(listeners: readonly Omit<Listener, 'aliases'>[], ports: IngressPorts): readonly Listener[] {
  const taken = new Set(listeners.map(({port}) => port))
  return listeners.map(({name, bind, port, chains}) => {
    const aliases = bind === '0.0.0.0' ? aliasesOf(ports, port).filter((alias) => !taken.has(alias)) : []
    for (const alias of aliases) taken.add(alias)
    return {name, bind, port, aliases, chains}
  })
}
