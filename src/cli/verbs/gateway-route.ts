import type {Service} from '../../api/kinds/service.js'
import {UserError} from '../../base/user-error.js'
import {worldOf, type World} from '../../daemon/world.js'
import {compile} from '../../routing/compile.js'
import type {FilterChain, Listener, Routing} from '../../routing/routing.js'
import {INGRESS} from '../../resources/cluster.js'
import type {Resources} from '../../resources/resources.js'
import {answersOfClusters} from '../../tally/answers-of-clusters.js'
import {expectationFromRoute, type Expectation} from '../../tally/expectation.js'

/** A port of the ingress gateway as the applied configuration routes it. */
export interface GatewayRoute {
  readonly host: string
  readonly port: number
  /** `namespace/name` of the Gateway. */
  readonly gateway: string
  /** `VirtualService namespace/name` */
  readonly source: string
  readonly chain: FilterChain
}

export interface RouteChoice {
  /** The Gateway's name, where more than one has a port. */
  readonly gateway?: string | undefined
  readonly port?: number | undefined
}

/** What was applied, seen as the gateway sees it. */
export interface AppliedRoutes {
  readonly world: World
  readonly routes: readonly GatewayRoute[]
  readonly routing: Routing
}

/** Compiles what is applied into the routes of the ingress gateway. */
export async function appliedRoutes(resources: Resources): Promise<AppliedRoutes> {
  const world = worldOf((await resources.listAll()).items)
  const routing = compile(world, {namespace: INGRESS.namespace, labels: {app: 'istio-ingressgateway', istio: 'ingressgateway'}, domain: 'cluster.local'})
  const host = ingressAddress(world.services)
  return {world, routing, routes: routing.listeners.flatMap((listener) => routesOf(listener, host))}
}

/** The one route meant; throws a UserError that lists the choices where there is none or more than one. */
export function chooseRoute({routes, routing}: AppliedRoutes, {gateway, port}: RouteChoice): GatewayRoute {
  const fitting = routes.filter((route) => (gateway === undefined || route.gateway === gateway || route.gateway.endsWith(`/${gateway}`)) && (port === undefined || route.port === port))
  const [only, ...more] = fitting
  if (only !== undefined && more.length === 0) return only
  const known = routes.map((route) => `gateway/${route.gateway.split('/')[1]}:${route.port}`)
  if (only !== undefined) throw new UserError('more than one TCP gateway port is applied', {hint: `say which: ${known.join(', ')}`, exitCode: 2})
  const reason = routing.findings.find(({level}) => level !== 'info')
  const why = reason === undefined ? 'apply a Gateway and a VirtualService with a tcp route, or name a target as HOST:PORT' : `${reason.object}: ${reason.message}`
  throw new UserError(routes.length === 0 ? 'no TCP gateway port is applied' : `no such TCP gateway port; there is ${known.join(', ')}`, {hint: why, exitCode: 8})
}

/** The weights of a route in terms of what the workloads answer; undefined where that cannot be told. */
export function expectationOf({world}: AppliedRoutes, route: GatewayRoute): Expectation {
  return expectationFromRoute(route.chain.route, answersOfClusters(world), route.source)
}

function routesOf(listener: Listener, host: string): readonly GatewayRoute[] {
  return listener.chains.map((chain) => ({
    host: listener.bind === '0.0.0.0' ? host : listener.bind,
    port: listener.aliases.find((alias) => alias === chain.gateway.port) ?? listener.port,
    gateway: `${chain.gateway.namespace}/${chain.gateway.name}`,
    source: titleOfSource(chain),
    chain,
  }))
}

function titleOfSource({source, gateway}: FilterChain): string {
  if (source === undefined) return `Gateway ${gateway.namespace}/${gateway.name}`
  return `${source.kind ?? 'VirtualService'} ${source.namespace}/${source.name}`
}

function ingressAddress(services: readonly Service[]): string {
  const ingress = services.find(({metadata}) => metadata.namespace === INGRESS.namespace && metadata.name === INGRESS.name)
  return ingress?.status?.loadBalancer?.ingress?.[0]?.ip ?? '127.0.0.1'
}
