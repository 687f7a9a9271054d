import {isDeepStrictEqual} from 'node:util'
import type {GatewayClass} from '../../api/kinds/gateway-class.js'
import {gatewayClassObjects} from '../../resources/gateway-classes.js'
import {roleOf} from '../../routing/gateway-api/gateway-class.js'
import type {Action} from '../action.js'
import type {World} from '../world.js'
import {withConditions} from './gateway-api-conditions.js'

const ACCEPTED = {type: 'Accepted', status: 'True', reason: 'Accepted', message: 'Handled by Istio controller'} as const

/** Istio's own classes, made again when someone deletes them and otherwise left as they are, and the status of all that name its controllers. */
export function planGatewayClasses({gatewayClasses}: World, nowMs: number): readonly Action[] {
  const missing = gatewayClassObjects().filter(({metadata}) => !gatewayClasses.some((existing) => existing.metadata.name === metadata.name))
  const handled = gatewayClasses.filter(({spec}) => roleOf(spec?.controllerName) !== undefined) as readonly GatewayClass[]
  return [...missing.map((object): Action => ({type: 'create', object})), ...handled.flatMap((object) => planStatus(object, nowMs))]
}

function planStatus(gatewayClass: GatewayClass, nowMs: number): readonly Action[] {
  const before = gatewayClass.status?.conditions ?? []
  const conditions = withConditions(before, [ACCEPTED], {generation: gatewayClass.metadata.generation ?? 1, nowMs})
  if (isDeepStrictEqual(conditions, before)) return []
  const object: GatewayClass = {...gatewayClass, status: {...gatewayClass.status, conditions}}
  return [{type: 'status', object}]
}
