import {setTimeout as delay} from 'node:timers/promises'
import {isDeepStrictEqual} from 'node:util'
import {objectKey} from '../../api/object.js'
import {UserError} from '../../base/user-error.js'
import {askGateway} from '../../daemon/control/control-client.js'
import {compileWorld} from '../../daemon/gateway/compile-world.js'
import type {GatewayStatus, ListenerReport} from '../../daemon/gateway/gateway-status.js'
import type {Resources} from '../../resources/resources.js'
import type {FilterChain, Listener, Routing, TcpRoute} from '../../routing/routing.js'
import type {ShiftPlan} from '../../shift/plan.js'
import {isTcpRoute, type Shiftable} from '../../shift/route-rules.js'
import {destinationName} from '../../shift/set-weights.js'
import {spokenName, titleOfShifted} from '../../shift/shifted-object.js'
import {answersOfClusters} from '../../tally/answers-of-clusters.js'
import {expectationFromRoute, type Expectation} from '../../tally/expectation.js'
import {appliedRoutes, type AppliedRoutes, type GatewayRoute} from '../verbs/gateway-route.js'

/** What a verification stands on: where to connect, what should answer, and which clusters the gateway counts. */
export interface Ground {
  readonly host: string
  readonly port: number
  /** Undefined where answers do not tell the versions apart. */
  readonly expectation: Expectation | undefined
  /** Relative weights by destination name, those above 0. */
  readonly weights: Readonly<Record<string, number>>
  /** Cluster by destination name. */
  readonly clusters: Readonly<Record<string, string>>
}

const PATIENCE_MS = 10_000
const LOOK_EVERY_MS = 20

type Place = Pick<ShiftPlan, 'namespace' | 'virtualService' | 'kind' | 'rule' | 'from' | 'to'>

/** The ground as it is applied, whether or not the gateway has it yet. Throws a UserError where the rule leads to no port of the gateway. */
export async function groundOf(resources: Resources, place: Place): Promise<Ground> {
  const applied = await appliedRoutes(resources)
  const route = routeOf(applied, place)
  const {destinations} = route.chain.route
  return {
    host: route.host,
    port: route.port,
    expectation: expectationFor(applied.world, route.chain.route, place),
    weights: Object.fromEntries(destinations.map(({subset, host, weight}) => [destinationName({destination: {subset, host}}), weight])),
    clusters: Object.fromEntries(destinations.map(({subset, host, cluster}) => [destinationName({destination: {subset, host}}), cluster])),
  }
}

/** What a first step would lead to. */
export interface Destination {
  /** Whether answers tell the versions apart. */
  readonly isTold: boolean
}

/**
 * Refuses a shift to a subset or Service that is not there: its connections would all be closed. `service` has weights of a step.
 * Throws a UserError (exit code 2; 8 where no port of the gateway is routed by the rule).
 */
export function requireDestination({world, facts}: AppliedRoutes, service: Shiftable, place: Place): Destination {
  const routing = compileWorld(withObject(world, service), facts)
  const chain = routing.listeners.flatMap((listener) => listener.chains).find(({source}) => isSource(source, place))
  const target = chain?.route.destinations.find(({subset, host}) => destinationName({destination: {subset, host}}) === place.to)
  if (chain !== undefined && target !== undefined && routing.clusters[target.cluster] !== undefined)
    return {isTold: expectationFor(world, chain.route, place) !== undefined}
  if (target === undefined) throw unrouted(routing.findings, place)
  const finding = routing.findings.find(({object, message}) => object.endsWith(`/${place.virtualService}`) && message.includes(place.to))
  throw new UserError(`there is nothing to shift to: "${place.to}" does not exist`, {
    hint: finding?.message ?? 'define the subset in a DestinationRule first',
    exitCode: 2,
  })
}

/** The world as it would be with this object in the place of its older self. */
function withObject(world: AppliedRoutes['world'], object: Shiftable): AppliedRoutes['world'] {
  const replaced = <T extends Shiftable>(stored: readonly T[], next: T): readonly T[] => stored.map((old) => (objectKey(old) === objectKey(next) ? next : old))
  if (isTcpRoute(object)) return {...world, tcpRoutes: replaced(world.tcpRoutes, object)}
  return {...world, virtualServices: replaced<Shiftable>(world.virtualServices, object) as AppliedRoutes['world']['virtualServices']}
}

function routeOf({routes, routing}: AppliedRoutes, place: Place): GatewayRoute {
  const route = routes.find(({chain}) => isSource(chain.source, place))
  if (route === undefined) throw unrouted(routing.findings, place)
  return route
}

function isSource(source: FilterChain['source'], {namespace, virtualService, kind, rule}: Place): boolean {
  return (
    source !== undefined &&
    source.kind === kind &&
    source.namespace === namespace &&
    source.name === virtualService &&
    source.block !== 'tls' &&
    source.rule === rule
  )
}

function unrouted(findings: Routing['findings'], place: Place): UserError {
  const finding = findings.find(({object, level}) => level !== 'info' && object === titleOfShifted(place))
  return new UserError(`${spokenName(place)} does not route any port of the gateway`, {
    hint: finding?.message ?? 'bind it to a Gateway with a TCP port',
    exitCode: 8,
  })
}

/** Undefined where the workloads' answers are not known, or are the same for both versions. */
function expectationFor(world: AppliedRoutes['world'], route: TcpRoute, place: Place): Expectation | undefined {
  try {
    const expectation = expectationFromRoute(route, answersOfClusters(world), titleOfShifted(place))
    const names = expectation.shares.map(({name}) => name)
    const isTold = route.destinations.every(({subset, host}) => names.includes(destinationName({destination: {subset, host}})))
    return isTold && !names.some((name) => name.split('+').includes(place.from) && name.split('+').includes(place.to)) ? expectation : undefined
  } catch (error) {
    if (error instanceof UserError) return undefined
    throw error
  }
}

/** Waits until the gateway routes as it is applied. Throws a UserError where it does not run, or has not got there within ten seconds. */
export async function waitUntilInForce(
  resources: Resources,
  socket: string,
  {place, signal}: {readonly place: Pick<Place, 'namespace' | 'virtualService' | 'kind'>; readonly signal: AbortSignal},
): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS
  for (;;) {
    const {routing} = await appliedRoutes(resources)
    // what is verified is a gateway's port: an address of the mesh that cannot be bound is no failure
    const own = routing.listeners.filter(({scope}) => scope !== 'mesh')
    const wanted = own.filter(({chains}) =>
      chains.some(({source}) => source?.kind === place.kind && source?.namespace === place.namespace && source.name === place.virtualService),
    )
    const status = await askGateway<GatewayStatus>(socket, 'status')
    const states = wanted.map((listener) => stateOf(listener, status))
    const unbound = states.find((state) => state.type === 'unbound')
    if (unbound !== undefined) throw new UserError(unbound.problem, {hint: "see 'tshift gateway status'", exitCode: 8})
    if (states.every(({type}) => type === 'same')) return
    if (performance.now() > deadline)
      throw new UserError(`the gateway has not taken over the weights within ${PATIENCE_MS / 1000} s`, {hint: "see 'tshift gateway logs'", exitCode: 8})
    await delay(LOOK_EVERY_MS, undefined, {signal})
  }
}

type ListenerMatch = {readonly type: 'same'} | {readonly type: 'other'} | {readonly type: 'unbound'; readonly problem: string}

function stateOf({name, chains}: Listener, {listeners}: GatewayStatus): ListenerMatch {
  const report = listeners.find((candidate) => candidate.name === name)
  if (report === undefined) return {type: 'other'}
  if (!report.bound) return {type: 'unbound', problem: report.problem ?? `listener ${name} is not bound`}
  const wanted = chains.flatMap(({route}) => route.destinations.map(({cluster, weight}) => ({cluster, weight})))
  return isDeepStrictEqual(wanted, report.destinations.map(briefly)) ? {type: 'same'} : {type: 'other'}
}

function briefly({cluster, weight}: ListenerReport['destinations'][number]): {readonly cluster: string; readonly weight: number} {
  return {cluster, weight}
}
