import {memoizeByIdentity} from '../../base/memoize.js'
import {steadyLists} from '../../base/steady.js'
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

interface Draft {
  readonly name: string
  readonly bind: string
  readonly port: number
  /** Whose first chain it has. */
  readonly first: Server
  readonly chains: FilterChain[]
  /** Who has which connections, by `keysOf`. */
  readonly owners: Map<string, Server>
}

/** Listeners by port. A server without a route makes no chain, and without a chain there is no listener: its port stays closed. */
export function buildListeners(served: readonly ServedServer[], ports: IngressPorts, {address = '0.0.0.0'}: Proxy): BuiltListeners {
  const drafts = new Map<string, Draft>()
  const refused: (SkippedServer & {readonly chain: ServedChain})[] = []
  const malformed: {server: Server; chain: ServedChain; name: string}[] = []
  for (const {server, chains} of served) {
    for (const chain of chains) {
      const partial = chain.match?.serverNames?.find((name) => name.lastIndexOf('*') > 0 || (name.startsWith('*') && !name.startsWith('*.')))
      if (partial !== undefined) {
        malformed.push({server, chain, name: partial})
        continue
      }
      const draft = draftFor(server, address, drafts)
      const by = draft.owners.get(keysOf(chain.match).find((key) => draft.owners.has(key)) ?? '')
      if (by === undefined) add(chain, server, draft)
      else refused.push({server, by, hosts: chain.match?.serverNames ?? [], chain})
    }
  }
  const built = [...drafts.values()].filter(({chains}) => chains.length > 0).sort((a, b) => a.port - b.port || (a.name < b.name ? -1 : 1))
  return {listeners: withAliases(built, ports, address), refused, malformed}
}

function draftFor(server: Server, address: string, drafts: Map<string, Draft>): Draft {
  const bind = server.bind === '' ? address : server.bind
  const name = `${bind}_${server.port}`
  const draft = drafts.get(name) ?? {name, bind, port: server.port, first: server, chains: [], owners: new Map<string, Server>()}
  drafts.set(name, draft)
  return draft
}

function add(chain: ServedChain, server: Server, {chains, owners}: Draft): void {
  chains.push(toFilterChain(chain, server))
  for (const key of keysOf(chain.match)) owners.set(key, server)
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
function withAliases(drafts: readonly Draft[], ports: IngressPorts, address: string): readonly Listener[] {
  const taken = new Set(drafts.map(({port}) => port))
  return drafts.map(({name, bind, port, first, chains}) => {
    const aliases = bind === address ? aliasesOf(ports, port).filter((alias) => !taken.has(alias)) : []
    for (const alias of aliases) taken.add(alias)
    return listenerOf(steadyChains(first)(chains), name, bind, port, ...aliases)
  })
}

/** The very same listeners again where nothing about them has changed, which is how those who put them in force know. */
const steadyChains = memoizeByIdentity((_: Server) => steadyLists<FilterChain>())
const listenerOf = memoizeByIdentity(
  (...[chains, name, bind, port, ...aliases]: readonly [readonly FilterChain[], string, string, number, ...(readonly number[])]): Listener => {
    return {name, bind, port, aliases, chains}
  },
)
