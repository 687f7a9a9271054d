import {isDeepStrictEqual} from 'node:util'
import type {Service} from '../../api/kinds/service.js'
import {objectKey, type KubeObject} from '../../api/object.js'
import {UserError} from '../../base/user-error.js'
import {compileWorld, type WorldFacts} from '../../daemon/gateway/compile-world.js'
import {readOutsideFacts} from '../../daemon/outside/outside-facts.js'
import {worldOf, type World} from '../../daemon/world.js'
import {INGRESS} from '../../resources/cluster.js'
import type {Resources} from '../../resources/resources.js'
import {chooseChain} from '../../routing/choose-chain.js'
import {groupBy} from '../../routing/group-by.js'
import type {FilterChain, Listener, Routing} from '../../routing/routing.js'
import {answersOfClusters} from '../../tally/answers-of-clusters.js'
import {expectationFromRoute, type Expectation} from '../../tally/expectation.js'

/** A port of a gateway as the applied configuration routes it. */
export interface GatewayRoute {
  readonly host: string
  readonly port: number
  /** `namespace/name` of the Gateway. */
  readonly gateway: string
  /** `VirtualService namespace/name`, `TCPRoute namespace/name` */
  readonly source: string
  readonly chain: FilterChain
}

export interface RouteChoice {
  /** The Gateway's name, where more than one has a port. */
  readonly gateway?: string | undefined
  readonly port?: number | undefined
  /** What clients name in their ClientHello; where they speak TLS, this decides among the chains of a port. */
  readonly serverName?: string | undefined
}

/** What was applied, seen as the gateway sees it. */
export interface AppliedRoutes {
  readonly world: World
  readonly facts: WorldFacts
  readonly routes: readonly GatewayRoute[]
  readonly routing: Routing
}

/** Compiles what is applied into the routes of the gateways; those of Services' own addresses are only in `routing`. */
export async function appliedRoutes(resources: Resources): Promise<AppliedRoutes> {
  const world = worldOf((await resources.listAll()).items)
  const facts = await readOutsideFacts(world)
  const routing = compileWorld(world, facts)
  return {world, facts, routing, routes: routesOf(routing, world)}
}

/** The one route meant; throws a UserError that lists the choices where there is none or more than one. */
export function chooseRoute({routes, routing}: AppliedRoutes, {gateway, port, serverName}: RouteChoice): GatewayRoute {
  const fitting = routes.filter(
    (route) => (gateway === undefined || route.gateway === gateway || route.gateway.endsWith(`/${gateway}`)) && (port === undefined || route.port === port),
  )
  const [only, ...more] = [...groupBy(fitting, (route) => `${route.gateway}:${route.port}`).values()].map((group) => ofClient(group, serverName))
  if (only !== undefined && more.length === 0) return only.type === 'route' ? only.route : refuse(only.reason, only.hint, 2)
  const known = [...new Set(routes.map((route) => `gateway/${route.gateway.split('/')[1]}:${route.port}`))]
  if (only !== undefined) return refuse('more than one TCP gateway port is applied', `say which: ${known.join(', ')}`, 2)
  const finding = routing.findings.find(({level}) => level !== 'info')
  const why =
    finding === undefined ? 'apply a Gateway and a VirtualService with a tcp route, or name a target as HOST:PORT' : `${finding.object}: ${finding.message}`
  return refuse(routes.length === 0 ? 'no TCP gateway port is applied' : `no such TCP gateway port; there is ${known.join(', ')}`, why, 8)
}

function refuse(message: string, hint: string, exitCode: number): never {
  throw new UserError(message, {hint, exitCode})
}

type ChainChoice = {readonly type: 'route'; readonly route: GatewayRoute} | {readonly type: 'none'; readonly reason: string; readonly hint: string}

/** Of the chains of one port that which a client gets. A managed gateway's port may be at two addresses: the first is the one all gateways share. */
function ofClient(routes: readonly GatewayRoute[], serverName: string | undefined): ChainChoice {
  const atFirst = routes.filter(({host}) => host === routes[0]?.host)
  const chain = chooseChain(
    atFirst.map((route) => route.chain),
    {address: '127.0.0.1', ...(serverName === undefined ? {} : {serverName: serverName.toLowerCase()})},
  )
  const route = atFirst.find((candidate) => candidate.chain === chain)
  if (route !== undefined) return {type: 'route', route}
  const names = atFirst.flatMap((candidate) => candidate.chain.match?.serverNames ?? [])
  const client = serverName === undefined ? 'a client that names no server' : serverName
  return {
    type: 'none',
    reason: `port ${atFirst[0]?.port} has no route for ${client}`,
    hint: `there are routes for ${names.join(', ')}: say which with --tls --sni NAME`,
  }
}

/** The weights of a route in terms of what the workloads answer; undefined where that cannot be told. */
export function expectationOf({world}: AppliedRoutes, route: GatewayRoute): Expectation {
  return expectationFromRoute(route.chain.route, answersOfClusters(world), route.source)
}

/** One for each chain of a gateway, at the address the gateway gives as its own. */
function routesOf({listeners}: Routing, world: World): readonly GatewayRoute[] {
  const shared = ingressAddress(world.services)
  const hostOf = ({bind}: Listener) => (bind === '0.0.0.0' ? shared : bind)
  const routes = listeners
    .filter(({scope}) => scope !== 'mesh')
    .flatMap((listener) => listener.chains.map((chain) => routeOf(listener, chain, hostOf(listener))))
  return routes.filter((route) => {
    const twins = routes.filter(({gateway, port, chain}) => gateway === route.gateway && port === route.port && isDeepStrictEqual(chain, route.chain))
    return route === (twins.find(({gateway, host}) => host === reportedAddress(world, gateway)) ?? twins.find(({host}) => host === shared) ?? twins[0])
  })
}

/** A managed gateway has listeners at an address of its own and at the one all gateways share; its status says which to use. */
function reportedAddress({k8sGateways}: World, gateway: string): string | undefined {
  const found: (KubeObject & {readonly status?: {readonly addresses?: readonly {readonly value?: string}[]}}) | undefined = k8sGateways.find(
    (candidate) => objectKey(candidate) === gateway,
  )
  return found?.status?.addresses?.[0]?.value
}

function routeOf(listener: Listener, chain: FilterChain, host: string): GatewayRoute {
  return {
    host,
    port: listener.aliases.find((alias) => alias === chain.gateway.port) ?? listener.port,
    gateway: `${chain.gateway.namespace}/${chain.gateway.name}`,
    source: titleOfSource(chain),
    chain,
  }
}

function titleOfSource({source, gateway}: FilterChain): string {
  if (source === undefined) return `Gateway ${gateway.namespace}/${gateway.name}`
  return `${source.kind ?? 'VirtualService'} ${source.namespace}/${source.name}`
}

function ingressAddress(services: readonly Service[]): string {
  const ingress = services.find(({metadata}) => metadata.namespace === INGRESS.namespace && metadata.name === INGRESS.name)
  return ingress?.status?.loadBalancer?.ingress?.[0]?.ip ?? '127.0.0.1'
}
