import {groupBy} from '../group-by.js'
import {namespaceOf} from '../naming.js'
import type {L4Route, ParentRef} from '../objects/l4-route.js'
import {denial, isMeant} from './attach.js'
import {destinationsOf, type BackendContext} from './backends.js'
import type {Problem} from './condition.js'
import type {Parent} from './convert-listener.js'
import type {ConvertedRoute, RouteOrigin} from './origin.js'
import {routeConditions, type ParentResult, type ParentStatus} from './route-conditions.js'
import {boundTo, virtualServicesOf, type RouteRules, type RouteTarget} from './route-virtual-services.js'
import {GATEWAY_API} from './supported-kinds.js'

export interface RouteContext extends Pick<BackendContext, 'domain' | 'grants' | 'knownHosts'> {
  /** Listeners by `namespace/name` of their Gateway. */
  readonly parents: ReadonlyMap<string, readonly Parent[]>
}

export interface ConvertedRoutes {
  readonly route: L4Route
  readonly virtualServices: readonly ConvertedRoute[]
  /** None where every parent is someone else's: nothing is said of the route then. */
  readonly parents: readonly ParentStatus[]
  /** The listeners it is attached to. */
  readonly attached: readonly Parent[]
  /** References that no listener accepts, whether they are reported or not, with what each listener says. */
  readonly refused: readonly {readonly ref: ParentRef; readonly reasons: readonly string[]}[]
  /** Of its backends. */
  readonly problem?: Problem
}

/** A parent the route may attach to, or not. */
type Candidate = ParentResult & {readonly target: RouteTarget}

/** A TCPRoute or TLSRoute as VirtualServices, one for each listener it attaches to (istio route_collections.go, computeRoute). */
export function convertRoute(kind: RouteOrigin['kind'], route: L4Route, context: RouteContext): ConvertedRoutes {
  const namespace = namespaceOf(route)
  const rules = (enforcesGrants: boolean) => convertRules(route, {...context, from: {kind, namespace}, enforcesGrants})
  const [atGateways, inMesh] = [rules(true), rules(false)]
  const candidates = (route.spec?.parentRefs ?? []).flatMap((ref) => candidatesOf(ref, {kind, route, context, atGateways, inMesh}))
  const accepted = candidates.filter((candidate) => candidate.denial === undefined)
  const targets = accepted.map(({target}) => target).sort((a, b) => (boundTo(a) < boundTo(b) ? -1 : 1))
  const problem = candidates.find((candidate) => candidate.problem !== undefined)?.problem
  return {
    route,
    virtualServices: virtualServicesOf({kind, route, targets}, {atGateways, inMesh}),
    parents: routeConditions(candidates, namespace),
    attached: targets.flatMap((target) => (target.type === 'listener' ? [target.parent] : [])),
    refused: refusedRefs(candidates, new Set(accepted.map(({ref}) => ref))),
    ...(problem && {problem}),
  }
}

function refusedRefs(candidates: readonly Candidate[], accepted: ReadonlySet<ParentRef>): ConvertedRoutes['refused'] {
  const refused = groupBy(candidates.filter(({ref}) => !accepted.has(ref)), ({ref}) => ref)
  return [...refused].map(([ref, entries]) => ({ref, reasons: [...new Set(entries.flatMap(({denial: why}) => why?.message ?? []))]}))
}

/** A rule that can make nothing takes the others with it. */
function convertRules({spec}: L4Route, context: BackendContext): RouteRules {
  const results = (spec?.rules ?? []).map(({backendRefs = []}) => destinationsOf(backendRefs, context))
  const broken = results.find(({route}) => route === undefined)
  if (broken?.problem !== undefined) return {blocks: [], problem: broken.problem}
  const problem = results.findLast((result) => result.problem !== undefined)?.problem
  return {blocks: results.flatMap(({route}) => (route === undefined ? [] : [route])), ...(problem && {problem})}
}

interface CandidateContext {
  readonly kind: RouteOrigin['kind']
  readonly route: L4Route
  readonly context: RouteContext
  readonly atGateways: RouteRules
  readonly inMesh: RouteRules
}

function candidatesOf(ref: ParentRef, {kind, route, context, atGateways, inMesh}: CandidateContext): readonly Candidate[] {
  const namespace = namespaceOf(route)
  const target = `${ref.namespace ?? namespace}/${ref.name}`
  const [group, refKind] = [ref.group ?? GATEWAY_API, ref.kind ?? 'Gateway']
  if (group === '' && refKind === 'Service') return [meshCandidate(ref, `${ref.name}.${ref.namespace ?? namespace}.svc.${context.domain}`, context, inMesh)]
  if (group !== GATEWAY_API || refKind !== 'Gateway') return []
  const hostnames = kind === 'TLSRoute' ? (route.spec?.hostnames ?? []) : []
  const listeners = context.parents.get(target) ?? []
  const meant = listeners.filter(({listener}) => isMeant(ref, listener))
  // what is said of listeners that are not meant counts only where none is
  return (meant.length > 0 ? meant : listeners).map((parent) => ({
    ref,
    target: {type: 'listener', parent},
    denial: denial({ref, kind, namespace, hostnames}, parent),
    problem: atGateways.problem,
  }))
}

/** A Service as the parent: the route holds for in-mesh clients of that Service. */
function meshCandidate(ref: ParentRef, host: string, {knownHosts}: RouteContext, {problem}: RouteRules): Candidate {
  const missing = knownHosts.has(host) ? undefined : {reason: 'NoMatchingParent', message: `parent service: "${ref.name}" not found`}
  return {ref, target: {type: 'service', host, ref}, denial: missing, problem}
}
