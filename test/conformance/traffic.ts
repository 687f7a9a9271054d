import {compileWorld} from '../../src/daemon/gateway/compile-world.js'
import {listenerCredentials} from '../../src/daemon/controllers/gateway-api-credentials.js'
import {chooseChain} from '../../src/routing/choose-chain.js'
import type {Routing} from '../../src/routing/routing.js'
import type {Stage} from './stage.js'

/**
 * Where connections to a port of a Gateway go: `70 backend-1` for each destination, with what becomes of its share where that is not an answer.
 * Undefined is a connection refused, and `closed` one that no chain is for.
 */
export function reached({world}: Stage, gateway: string, port: number, serverName?: string): readonly string[] | 'closed' | undefined {
  const {listeners, clusters} = compileWorld(world, {credentials: listenerCredentials(world, 0)})
  const listener = listeners.find((candidate) => candidate.port === port && candidate.scope !== 'mesh' && candidate.chains[0]?.gateway.name === gateway)
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
  return cluster.split('|')[3]?.split('.')[0] ?? cluster.split('/').at(-1) ?? cluster
}
