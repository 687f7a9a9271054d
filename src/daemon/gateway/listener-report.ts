import {isDeepStrictEqual} from 'node:util'
import {objectKey} from '../../api/object.js'
import {memoizeByIdentity} from '../../base/memoize.js'
import {chainKey} from '../../engine/chain-key.js'
import type {ListenerState} from '../../engine/engine.js'
import type {ChainMatch, FilterChain, Listener, Routing} from '../../routing/routing.js'
import type {ChainReport, ListenerReport} from './gateway-status.js'
import {portProblem} from './port-problem.js'

/**
 * The states of listening addresses together with what the routing says of them. `known` are the reports before: where there is nothing new they are
 * given again, and what they explain is not found out again.
 */
export async function reportAll(
  states: readonly ListenerState[],
  {listeners, clusters}: Routing,
  known: readonly ListenerReport[],
): Promise<readonly ListenerReport[]> {
  const byName = new Map(listeners.map((listener) => [listener.name, listener]))
  const byPlace = new Map(known.map((report) => [placeOf(report), report]))
  return Promise.all(
    states.map(async (state) => {
      const before = byPlace.get(placeOf(state))
      const report = await reportOf(state, {listener: byName.get(state.name), clusters, before})
      return isDeepStrictEqual(before, report) ? (before ?? report) : report
    }),
  )
}

function placeOf({address, port}: Pick<ListenerState, 'address' | 'port'>): string {
  return `${address}|${port}`
}

interface Known {
  readonly listener: Listener | undefined
  readonly clusters: Routing['clusters']
  readonly before: ListenerReport | undefined
}

async function reportOf(state: ListenerState, {listener, clusters, before}: Known): Promise<ListenerReport> {
  const {name, address, port, bound} = state
  const problem = bound ? state.problem : before?.error === state.error && before?.problem !== undefined ? before.problem : await portProblem(state)
  return {
    name,
    address,
    port,
    alias: listener !== undefined && listener.port !== port,
    bound,
    engine: state.engine ?? 'node',
    ...(state.error === undefined ? {} : {error: state.error}),
    ...(problem === undefined ? {} : {problem}),
    ...(listener === undefined ? NOWHERE : leadsOf(listener, clusters)),
  }
}

type Leads = Pick<ListenerReport, 'gateway' | 'virtualService' | 'destinations' | 'chains'>

const NOWHERE: Leads = {gateway: '', virtualService: '', destinations: [], chains: []}

/** Where a listener leads. Few listeners change at a time. */
const leadsOf = memoizeByIdentity((listener: Listener, clusters: Routing['clusters']): Leads => {
  const chains = listener.chains.map((chain) => chainReport(chain, clusters))
  return {
    gateway: gatewayOf(listener),
    virtualService: chains.find(({route}) => route !== '')?.route ?? '',
    destinations: chains.flatMap(({destinations}) => destinations),
    chains,
  }
})

/** Of the server that has most to say; servers of several Gateways may share a listener. */
function gatewayOf({chains: [chain]}: Listener): string {
  return chain === undefined ? '' : objectKey({metadata: chain.gateway})
}

function chainReport(chain: FilterChain, clusters: Routing['clusters']): ChainReport {
  const {match, source, route} = chain
  return {
    key: chainKey(chain),
    match: match === undefined ? '' : describeMatch(match),
    route: source === undefined ? '' : objectKey({metadata: source}),
    destinations: route.destinations.map(({cluster, subset, weight}) => ({cluster, subset, weight, endpoints: clusters[cluster]?.endpoints.length ?? 0})),
  }
}

const SHOWN = 3

function describeMatch({serverNames = [], applicationProtocols = [], sources = []}: ChainMatch): string {
  const list = (values: readonly string[]) => (values.length <= SHOWN ? values.join(',') : `${values.slice(0, SHOWN).join(',')},… (${values.length})`)
  const parts = [
    list(serverNames),
    applicationProtocols.length === 0 ? '' : `alpn ${list(applicationProtocols)}`,
    sources.length === 0 ? '' : `from ${list(sources)}`,
  ]
  return parts.filter((part) => part !== '').join(' ')
}
