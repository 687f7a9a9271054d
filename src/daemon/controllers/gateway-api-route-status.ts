import {isDeepStrictEqual} from 'node:util'
import type {Condition} from '../../api/kinds/gateway-api/conditions.js'
import type {ConvertedRoutes} from '../../routing/gateway-api/convert-route.js'
import {GATEWAY_CONTROLLER} from '../../routing/gateway-api/gateway-class.js'
import {refText} from '../../routing/gateway-api/route-conditions.js'
import type {L4Route, ParentRef} from '../../routing/objects/l4-route.js'
import type {Action} from '../action.js'
import {withConditions} from './gateway-api-conditions.js'

interface RouteStatus {
  readonly parents?: readonly RouteParentStatus[]
}

interface RouteParentStatus {
  readonly parentRef: ParentRef
  readonly controllerName: string
  readonly conditions: readonly Condition[]
}

/** The status of TCPRoutes and TLSRoutes: one entry for each parent of ours; those of other controllers stay (istio createRouteStatus). */
export function planRouteStatus(routes: readonly ConvertedRoutes[], nowMs: number): readonly Action[] {
  return routes.flatMap(({route, parents}): readonly Action[] => {
    const before = (route as L4Route & {readonly status?: RouteStatus}).status ?? {}
    const after = [...foreign(before), ...own(route, parents, {before, nowMs})].sort(byRef(route))
    if (isDeepStrictEqual(after, before.parents ?? [])) return []
    const object: L4Route & {status: RouteStatus} = {...route, status: {...before, parents: after}}
    return [{type: 'status', object}]
  })
}

function foreign({parents = []}: RouteStatus): readonly RouteParentStatus[] {
  return parents.filter(({controllerName}) => controllerName !== GATEWAY_CONTROLLER)
}

function own(route: L4Route, parents: ConvertedRoutes['parents'], {before, nowMs}: {before: RouteStatus; nowMs: number}): readonly RouteParentStatus[] {
  const textOf = (ref: ParentRef) => refText(ref, namespaceOf(route))
  return parents.map(({parentRef, conditions: facts}) => {
    const old = before.parents?.find((parent) => parent.controllerName === GATEWAY_CONTROLLER && textOf(parent.parentRef) === textOf(parentRef))
    const conditions = withConditions(old?.conditions ?? [], facts, {generation: route.metadata.generation ?? 1, nowMs})
    return {parentRef, controllerName: GATEWAY_CONTROLLER, conditions}
  })
}

function byRef(route: L4Route): (a: RouteParentStatus, b: RouteParentStatus) => number {
  const textOf = ({parentRef}: RouteParentStatus) => refText(parentRef, namespaceOf(route))
  return (a, b) => (textOf(a) === textOf(b) ? 0 : textOf(a) > textOf(b) ? -1 : 1)
}

function namespaceOf({metadata}: L4Route): string {
  return metadata.namespace ?? 'default'
}
