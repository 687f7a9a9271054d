import type {BackendRef} from '../objects/l4-route.js'
import type {RouteDestination} from '../objects/virtual-service.js'
import type {Problem} from './condition.js'
import type {ReferenceGrants, Referrer} from './reference-grants.js'

export interface Destinations {
  /** Undefined where a reference is so wrong that Istio makes nothing of the whole route. */
  readonly route?: readonly RouteDestination[]
  readonly problem?: Problem
}

export interface BackendContext {
  readonly from: Referrer & {readonly kind: 'TCPRoute' | 'TLSRoute'}
  readonly domain: string
  /** In the mesh every namespace may be referred to. */
  readonly enforcesGrants: boolean
  readonly grants: ReferenceGrants
  /** Host names of Services and ServiceEntries that exist. */
  readonly knownHosts: ReadonlySet<string>
}

/** Names no Service: connections are accepted and closed, which is what a route without any weight asks for. */
const NOWHERE: RouteDestination = {destination: {host: 'internal.cluster.local', subset: 'zero-weight', port: {number: 65_535}}}

/**
 * The destinations of a rule. Weights are relative, absent is 1, and backends with 0 are left out. One that cannot be used keeps its share,
 * which fails (istio buildTCPDestination). Of several problems the last is told.
 */
export function destinationsOf(refs: readonly BackendRef[], context: BackendContext): Destinations {
  const used = refs.filter(({weight = 1}) => weight !== 0)
  if (used.length === 0) return {route: [NOWHERE]}
  const results = used.map((ref) => ({ref, ...destinationOf(ref, context)}))
  const broken = results.find(({destination}) => destination === undefined)
  if (broken?.problem !== undefined) return {problem: broken.problem}
  const problem = results.findLast((result) => result.problem !== undefined)?.problem
  const route = results.map(({ref, destination = {}}): RouteDestination => ({destination, ...(used.length > 1 && {weight: ref.weight ?? 1})}))
  return {route, ...(problem && {problem})}
}

type Destination = NonNullable<RouteDestination['destination']>

interface DestinationResult {
  /** Without a host: a destination that never exists. */
  readonly destination?: Destination
  readonly problem?: Problem
}

function destinationOf(ref: BackendRef, context: BackendContext): DestinationResult {
  const {from, grants, enforcesGrants} = context
  const namespace = ref.namespace ?? from.namespace
  if (enforcesGrants && namespace !== from.namespace && !grants.allow(from, {kind: 'Service', namespace, name: ref.name})) {
    const message = `backendRef ${ref.name}/${namespace} not accessible to a ${from.kind} in namespace "${from.namespace}" (missing a ReferenceGrant?)`
    return {destination: {}, problem: {reason: 'RefNotPermitted', message}}
  }
  const host = hostOf(ref, namespace, context.domain)
  if (typeof host !== 'string') return host
  if (ref.port === undefined) return {problem: {reason: 'InvalidDestination', message: 'port is required in backendRef'}}
  const destination = {host, port: {number: ref.port}}
  if (context.knownHosts.has(host)) return {destination}
  return {destination, problem: {reason: 'BackendNotFound', message: `backend(${host}) not found`}}
}

function hostOf({group = '', kind = 'Service', name, namespace: written}: BackendRef, namespace: string, domain: string): string | DestinationResult {
  const refused = (message: string): DestinationResult => ({problem: {reason: 'InvalidDestination', message}})
  if (group === '' && kind === 'Service') {
    return name.includes('.') ? refused('service name invalid; the name of the Service must be used, not the hostname.') : `${name}.${namespace}.svc.${domain}`
  }
  if (group === 'networking.istio.io' && kind === 'Hostname') {
    return written === undefined ? name : refused('namespace may not be set with Hostname type')
  }
  return {destination: {}, problem: {reason: 'InvalidKind', message: `referencing unsupported backendRef: group "${group}" kind "${kind}"`}}
}
