import type {ParentRef} from '../objects/l4-route.js'
import {DENIAL_RANKING} from './attach.js'
import {condition, type ConditionFact, type Problem} from './condition.js'

/** How one listener, or the mesh, took a route. A reference that names no listener has one for each there is. */
export interface ParentResult {
  readonly ref: ParentRef
  readonly denial: Problem | undefined
  /** Of the route's backends. */
  readonly problem: Problem | undefined
}

/** What is said of one `parentRef`, as it was written. */
export interface ParentStatus {
  readonly parentRef: ParentRef
  readonly conditions: readonly ConditionFact[]
}

/**
 * One entry for each reference. Only the best kind of answer is reported: where one reference was accepted, those that were not are passed
 * over in silence, and so on down the ranking (istio createRouteStatus).
 */
export function routeConditions(results: readonly ParentResult[], namespace: string): readonly ParentStatus[] {
  const ranking = [undefined, ...DENIAL_RANKING]
  const best = ranking.find((reason) => results.some(({denial}) => denial?.reason === reason))
  const reported = results.filter(({denial}) => denial?.reason === best)
  const refs = [...new Set(reported.map(({ref}) => ref))]
  return refs
    .map((ref) => statusOf(ref, reported.filter((result) => result.ref === ref)))
    .sort((a, b) => (refText(a.parentRef, namespace) > refText(b.parentRef, namespace) ? -1 : 1))
}

function statusOf(parentRef: ParentRef, results: readonly ParentResult[]): ParentStatus {
  const denials = results.flatMap(({denial}) => denial ?? [])
  const [first] = denials
  const denied = first && {reason: first.reason, message: denials.map(({message}) => message).join('; ')}
  const accepted = results.length > 1 ? `Route was valid, bound to ${results.length} parents` : 'Route was valid'
  return {
    parentRef,
    conditions: [
      condition('Accepted', {reason: 'Accepted', message: accepted}, denied),
      condition('ResolvedRefs', {reason: 'ResolvedRefs', message: 'All references resolved'}, results[0]?.problem),
    ],
  }
}

/** A reference with its defaults, as entries are put in order by (parentRefString). */
export function refText({group = 'gateway.networking.k8s.io', kind = 'Gateway', name, sectionName = '', port = 0, namespace}: ParentRef, own: string): string {
  return `${group}/${kind}/${name}/${sectionName}/${port}.${namespace ?? own}`
}
