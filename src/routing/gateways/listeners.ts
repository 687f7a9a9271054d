import {memoizeByIdentity} from '../../base/memoize.js'
import {rememberEach} from '../../base/remember-each.js'
import {steadyLists} from '../../base/steady.js'
import {groupBy} from '../group-by.js'
import {placeOfServer, sourceOf} from '../origin.js'
import type {Proxy} from '../proxy.js'
import type {ChainMatch, FilterChain, Listener} from '../routing.js'
import {aliasesOf, type IngressPorts} from './ingress-ports.js'
import type {Server, SkippedServer} from './merge-servers.js'
import type {ServedChain, ServedServer} from './served-server.js'

export interface BuiltListeners {
  readonly listeners: readonly Listener[]
  /** Envoy refuses a listener with two chains for the same connections; here the first one stays. */
  readonly refused: readonly (SkippedServer & {readonly chain: ServedChain})[]
  /** Chains with a wildcard that Envoy does not know. */
  readonly malformed: readonly {readonly server: Server; readonly chain: ServedChain; readonly name: string}[]
}

/** A listener without its aliases. */
interface Draft extends Omit<BuiltListeners, 'listeners'> {
  readonly name: string
  readonly bind: string
  readonly port: number
  readonly chains: readonly FilterChain[]
}

/** Listeners by port. A server without a route makes no chain, and without a chain there is no listener: its port stays closed. */
export function buildListeners(served: readonly ServedServer[], ports: IngressPorts, proxy: Proxy): BuiltListeners {
  const {address = '0.0.0.0'} = proxy
  const bindOf = ({bind}: Server) => (bind === '' ? address : bind)
  const withChains = served.filter(({chains}) => chains.length > 0)
  const places = groupBy(withChains, ({server}) => `${bindOf(server)}_${server.port}`)
  const rows = [...places.values()].flatMap(([first, ...others]) => (first === undefined ? [] : [[first, bindOf(first.server), ...others] as const]))
  const drafts = draftEach(proxy)(rows)
  const built = drafts.filter(({chains}) => chains.length > 0).sort((a, b) => a.port - b.port || (a.name < b.name ? -1 : 1))
  return {listeners: withAliases(built, ports, proxy), refused: drafts.flatMap(({refused}) => refused), malformed: drafts.flatMap(({malformed}) => malformed)}
}

/** Most changes are about the servers of few listeners. */
const draftEach = memoizeByIdentity((_: Proxy) => rememberEach(draftListener))

/** The listener of servers that share a port; of chains for the same connections the first stays. */
function draftListener(first: ServedServer, bind: string, ...others: readonly ServedServer[]): Draft {
  const owners = new Map<string, Server>() // who has which connections, by `keysOf`
  const chains: FilterChain[] = []
  const refused: (SkippedServer & {readonly chain: ServedChain})[] = []
  const malformed: {server: Server; chain: ServedChain; name: string}[] = []
  for (const {server, chain} of [first, ...others].flatMap((served) => served.chains.map((each) => ({server: served.server, chain: each})))) {
    const partial = chain.match?.serverNames?.find((name) => name.lastIndexOf('*') > 0 || (name.startsWith('*') && !name.startsWith('*.')))
    if (partial !== undefined) {
      malformed.push({server, chain, name: partial})
      continue
    }
    const keys = keysOf(chain.match)
    const by = owners.get(keys.find((key) => owners.has(key)) ?? '')
    if (by !== undefined) {
      refused.push({server, by, hosts: chain.match?.serverNames ?? [], chain})
      continue
    }
    chains.push(toFilterChain(chain, server))
    for (const key of keys) owners.set(key, server)
  }
  const {port} = first.server
  return {name: `${bind}_${port}`, bind, port, chains: steadyChains(first.server)(chains), refused, malformed}
}

/** One for each combination of criteria; two chains that share one overlap. */
function keysOf({serverNames = [''], applicationProtocols = ['']}: ChainMatch = {}): readonly string[] {
  return serverNames.flatMap((name) => applicationProtocols.map((protocol) => `${name} ${protocol}`))
}

const toFilterChain = memoizeByIdentity(({rule, match, tls, compiled}: ServedChain, server: Server): FilterChain => {
  return {
    gateway: placeOfServer(server),
    ...(rule !== undefined && {source: sourceOf(rule)}),
    ...(match !== undefined && {match}),
    ...(tls !== undefined && {tls}),
    route: compiled.route,
  }
})

/** A port that is a listener's own is no other's alias, and an alias goes to the first that has it. A Service reaches only the pod's own address. */
function withAliases(drafts: readonly Draft[], ports: IngressPorts, proxy: Proxy): readonly Listener[] {
  const taken = new Set(drafts.map(({port}) => port))
  const rows = drafts.map(({name, bind, port, chains}) => {
    const aliases = bind === (proxy.address ?? '0.0.0.0') ? aliasesOf(ports, port).filter((alias) => !taken.has(alias)) : []
    for (const alias of aliases) taken.add(alias)
    return [chains, name, bind, port, ...aliases] as const
  })
  return listenerOfEach(proxy)(rows)
}

/** The very same listeners again where nothing about them has changed, which is how those who put them in force know. */
const listenerOfEach = memoizeByIdentity((_: Proxy) => rememberEach(listenerOf))
const steadyChains = memoizeByIdentity((_: Server) => steadyLists<FilterChain>())

function listenerOf(chains: readonly FilterChain[], name: string, bind: string, port: number, ...aliases: readonly number[]): Listener {
  return {name, bind, port, aliases, chains}
}
