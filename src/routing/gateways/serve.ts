import {memoizeByIdentity} from '../../base/memoize.js'
import {rememberEach} from '../../base/remember-each.js'
import {firstRule, NOTHING_BOUND, rulesAt, type BoundRule, type GatewayBindings} from '../bindings.js'
import {serverCovers} from '../host.js'
import type {Mesh} from '../mesh.js'
import {routeBehind} from '../origin.js'
import type {Proxy} from '../proxy.js'
import type {ChainMatch} from '../routing.js'
import type {Snapshot} from '../snapshot.js'
import {compileRoute, destinedBy, type CompiledRoute, type Destined} from '../tcp-route.js'
import {terminateTls, type TerminatedTls} from '../tls/server-tls.js'
import {autoPassthroughChains} from './auto-passthrough.js'
import type {Server} from './merge-servers.js'
import type {DuplicateMatch, ServedChain, ServedServer} from './served-server.js'
import {kindOfServer} from './server-kind.js'
import {namesOf} from './server-names.js'

/** What serving a server takes. */
export interface Serving {
  readonly proxy: Proxy
  readonly bindings: ReadonlyMap<string, GatewayBindings>
  readonly mesh: Mesh
  readonly credentials: Snapshot['credentials']
}

interface Behind extends Serving {
  readonly destined: Destined
  /** By server: those that follow one rule. */
  readonly followers: ReadonlyMap<Server, ServedServer>
}

/** The chains of every server, in order; servers of one port must not claim a name twice. */
export function serveAll(servers: readonly Server[], given: Serving): readonly ServedServer[] {
  const serving = {...given, destined: destinedBy(given.mesh), followers: followersAmong(servers, given)}
  const namesByPort = new Map<number, Map<string, string>>()
  return servers.map((server) => {
    const names = namesByPort.get(server.port) ?? new Map<string, string>()
    namesByPort.set(server.port, names)
    return serve(server, names, serving)
  })
}

type Names = Map<string, string>

function serve(server: Server, names: Names, serving: Behind): ServedServer {
  const kind = kindOfServer(server.spec)
  switch (kind) {
    case 'http':
      return {server, kind, chains: [], weightless: [], duplicates: []}
    case 'plain':
    case 'terminate':
      return serveTcpRoutes(server, kind, serving)
    case 'passthrough':
      return {server, kind, ...serveTlsRoutes(server, isAnyRule, {names, serving})}
    case 'auto-passthrough':
      return {server, kind, chains: autoPassthroughChains(server, serving.mesh), weightless: [], duplicates: []}
  }
}

function serveTcpRoutes(server: Server, kind: 'plain' | 'terminate', serving: Behind): ServedServer {
  const follower = serving.followers.get(server)
  if (follower !== undefined) return follower
  const terminated = terminatedAt(server, kind, serving)
  const {chains, ...rest} = serveTlsRoutes(server, kind === 'terminate' ? isFromTlsRoute : isNoRule, {names: new Map(), serving})
  return {...endOf(server, terminated), ...rest, chains: chains.map((chain) => ({...chain, ...(terminated && {tls: terminated.tls})}))}
}

function terminatedAt(server: Server, kind: ServedServer['kind'], {credentials, proxy}: Serving): TerminatedTls | undefined {
  return kind === 'terminate' ? terminateTls(server, credentials, proxy) : undefined
}

/**
 * The servers of `tcp` routes that have one: the first rule that matches the server's port and whose hosts overlap wins, and nothing else is looked at
 * (buildGatewayNetworkFiltersFromTCPRoutes).
 */
function followersAmong(servers: readonly Server[], serving: Serving): ReadonlyMap<Server, ServedServer> {
  const destined = destinedBy(serving.mesh)
  const rows = servers.flatMap((server) => {
    const kind = kindOfServer(server.spec)
    const winner = kind === 'plain' || kind === 'terminate' ? winnerAt(server, serving) : undefined
    return winner === undefined ? [] : [[server, winner, destined, terminatedAt(server, kind, serving)] as const]
  })
  return new Map(followEach(serving.proxy)(rows).map((served) => [served.server, served]))
}

function winnerAt(server: Server, serving: Serving): BoundRule | undefined {
  return firstRule(bindingsOf(server, serving).tcp, server.number, ({service}) => serverCovers(server.hosts, service.hosts, service.namespace))
}

/** By far the most servers follow one rule, and most changes are about few of them. */
const followEach = memoizeByIdentity((_: Proxy) => rememberEach(follow))

function follow(server: Server, winner: BoundRule, destined: Destined, terminated: TerminatedTls | undefined): ServedServer {
  const compiled = compileRoute(winner, server.number, destined)
  const about = {...endOf(server, terminated), winner, duplicates: []}
  if (compiled === undefined) return {...about, chains: [], weightless: [winner]}
  const chain = {rule: winner, compiled, ...matchOf(terminated === undefined ? [] : namesOf(server)), ...(terminated && {tls: terminated.tls})}
  return {...about, chains: [chain], weightless: []}
}

/** Where clients' connections end. */
function endOf(server: Server, terminated: TerminatedTls | undefined): Pick<ServedServer, 'server' | 'kind' | 'tlsProblem'> {
  if (terminated === undefined) return {server, kind: 'plain'}
  const {problem, isServedYet} = terminated
  return {server, kind: 'terminate', ...(problem !== undefined && {tlsProblem: {problem, ...(isServedYet && {isServedYet})}})}
}

const isAnyRule = () => true
const isNoRule = () => false

/** Of the `tls` blocks, those of a TLSRoute also hold where TLS ends at the gateway. */
function isFromTlsRoute({service: {object}}: BoundRule): boolean {
  return routeBehind(object)?.kind === 'TLSRoute'
}

/** A chain for each match of each `tls` block whose hosts overlap, unless its names are taken (buildGatewayNetworkFiltersFromTLSRoutes). */
function serveTlsRoutes(
  server: Server,
  isMeant: (rule: BoundRule) => boolean,
  {names, serving}: {readonly names: Names; readonly serving: Behind},
): Pick<ServedServer, 'chains' | 'weightless' | 'duplicates'> {
  const chains: ServedChain[] = []
  const weightless: BoundRule[] = []
  const duplicates: DuplicateMatch[] = []
  for (const rule of rulesAt(bindingsOf(server, serving).tls, server.number)) {
    if (!isMeant(rule) || !serverCovers(server.hosts, rule.service.hosts, rule.service.namespace)) continue
    const {sniHosts = []} = rule.match ?? {}
    const hosts = claim(sniHosts, server.bind, names)
    const compiled = hosts.length > 0 ? undefined : compileRoute(rule, server.number, serving.destined)
    if (hosts.length > 0) duplicates.push({rule, hosts})
    else if (compiled === undefined) weightless.push(rule)
    else chains.push(chainOf(rule, compiled))
  }
  return {chains, weightless, duplicates}
}

const chainOf = memoizeByIdentity((rule: BoundRule, compiled: CompiledRoute): ServedChain => ({rule, compiled, ...matchOf(rule.match?.sniHosts ?? [])}))

function bindingsOf({gatewayKey}: Server, {bindings}: Serving): GatewayBindings {
  return bindings.get(gatewayKey) ?? NOTHING_BOUND
}

/** Takes all names or, where some are taken at this bind, none of them and returns those (istio model CheckDuplicates). */
function claim(hosts: readonly string[], bind: string, names: Names): readonly string[] {
  const taken = hosts.filter((host) => names.get(host) === bind)
  if (taken.length === 0) for (const host of hosts) names.set(host, bind)
  return taken
}

/** A `*` among the names takes every client, whether or not it names a server or speaks TLS. */
function matchOf(names: readonly string[]): {match?: ChainMatch} {
  return names.length === 0 || names.includes('*') ? {} : {match: {serverNames: names.map((name) => name.toLowerCase())}}
}
