import {objectKey} from '../api/object.js'
import {chainKey} from '../engine/chain-key.js'
import type {ListenerState} from '../engine/engine.js'
import type {ChainMatch, FilterChain, Listener, Routing} from '../routing/routing.js'
import type {ChainReport, ListenerReport} from './gateway-status.js'
import {portProblem} from './port-problem.js'

/** The state of a listening address together with what the routing says of it. `known` are the reports before: what they explain is not found out again. */
export async function reportOf(state: ListenerState, routing: Routing, known: readonly ListenerReport[]): Promise<ListenerReport> {
  const {name, address, port, bound} = state
  const listener = routing.listeners.find((candidate) => candidate.name === name)
  const chains = (listener?.chains ?? []).map((chain) => chainReport(chain, routing))
  const before = known.find((report) => report.address === address && report.port === port && report.error === state.error)
  const problem = bound ? state.problem : (before?.problem ?? (await portProblem(state)))
  return {
    name,
    address,
    port,
    alias: listener !== undefined && listener.port !== port,
    bound,
    engine: state.engine ?? 'node',
    ...(state.error === undefined ? {} : {error: state.error}),
    ...(problem === undefined ? {} : {problem}),
    gateway: gatewayOf(listener),
    virtualService: chains.find(({route}) => route !== '')?.route ?? '',
    destinations: chains.flatMap(({destinations}) => destinations),
    chains,
  }
}

/** Of the server that has most to say; servers of several Gateways may share a listener. */
function gatewayOf(listener: Listener | undefined): string {
  const [chain] = listener?.chains ?? []
  return chain === undefined ? '' : objectKey({metadata: chain.gateway})
}

function chainReport(chain: FilterChain, routing: Routing): ChainReport {
  const {match, source, route} = chain
  return {
    key: chainKey(chain),
    match: match === undefined ? '' : describeMatch(match),
    route: source === undefined ? '' : objectKey({metadata: source}),
    destinations: route.destinations.map(({cluster, subset, weight}) => ({cluster, subset, weight, endpoints: routing.clusters[cluster]?.endpoints.length ?? 0})),
  }
}

const SHOWN = 3

function describeMatch({serverNames = [], applicationProtocols = [], sources = []}: ChainMatch): string {
  const list = (values: readonly string[]) => (values.length <= SHOWN ? values.join(',') : `${values.slice(0, SHOWN).join(',')},… (${values.length})`)
  const parts = [list(serverNames), applicationProtocols.length === 0 ? '' : `alpn ${list(applicationProtocols)}`, sources.length === 0 ? '' : `from ${list(sources)}`]
  return parts.filter((part) => part !== '').join(' ')
}
