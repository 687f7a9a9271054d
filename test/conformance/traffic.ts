import {ingressProxy} from '../../src/daemon/ingress-proxy.js'
import {chooseChain} from '../../src/routing/choose-chain.js'
import {compile} from '../../src/routing/compile.js'
import {convertGatewayApi} from '../../src/routing/gateway-api/convert-gateway-api.js'
import type {Routing} from '../../src/routing/routing.js'
import type {Snapshot} from '../../src/routing/snapshot.js'
import type {Stage} from './stage.js'

/**
 * Where connections to a port of a managed Gateway go: `70 backend-1` for each destination, with what becomes of its share where that is not an
 * answer. Undefined is a connection refused, and `closed` one that no chain is for.
 */
export function reached(stage: Stage, gateway: string, port: number, serverName?: string): readonly string[] | 'closed' | undefined {
  const {listeners, clusters} = routingOf(stage, gateway)
  const listener = listeners.find((candidate) => candidate.port === port)
  if (listener === undefined) return undefined
  const chain = chooseChain(listener.chains, {address: '10.0.0.1', ...(serverName !== undefined && {serverName})})
  return chain === undefined ? 'closed' : chain.route.destinations.map(({cluster, weight}) => `${weight} ${outcome(clusters, cluster)}`)
}

function outcome(clusters: Routing['clusters'], name: string): string {
  const found = clusters[name]
  if (found === undefined) return `${nameOf(name)}: no cluster`
  return found.endpoints.length === 0 ? `${nameOf(name)}: no endpoint` : nameOf(name)
}

function nameOf(cluster: string): string {
  return cluster.split('|')[3]?.split('.')[0] ?? cluster
}

export function routingOf({world}: Stage, gateway: string): Routing {
  const snapshot: Snapshot = world
  const {proxies, virtualServices} = convertGatewayApi(snapshot, ingressProxy(world))
  const managed = proxies.find(({proxy}) => proxy.managedFor?.endsWith(`/${gateway}`))
  if (managed === undefined) throw new Error(`no proxy is deployed for ${gateway}`)
  return compile({...snapshot, gateways: [...world.gateways, ...managed.gateways], virtualServices: [...world.virtualServices, ...virtualServices]}, managed.proxy)
}
