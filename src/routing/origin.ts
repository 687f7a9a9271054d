import type {KubeObject} from '../api/object.js'
import type {BoundRule} from './bindings.js'
import {originOf, type RouteOrigin} from './gateway-api/origin.js'
import {namespaceOf, titleOf} from './naming.js'
import type {ChainSource, FilterChain} from './routing.js'
import type {Gateway} from './objects/gateway.js'

/** The route of the Gateway API that a VirtualService was made of, if any. */
export function routeBehind(object: KubeObject): RouteOrigin | undefined {
  const origin = originOf(object)
  return origin === undefined || origin.kind === 'Gateway' ? undefined : origin
}

/** What a chain says of the rule that made it: the object the user wrote, and the place in there. */
export function sourceOf({service: {object}, rule, kind}: BoundRule): ChainSource {
  const route = routeBehind(object)
  if (route !== undefined) return {kind: route.kind, namespace: route.namespace, name: route.name, rule}
  return {namespace: namespaceOf(object), name: object.metadata.name, rule, ...(kind === 'tls' && {block: 'tls' as const})}
}

/** What a chain says of the server that made it; a listener of the Gateway API counts as a server. */
export function placeOfServer({gateway, index, number}: {readonly gateway: Gateway; readonly index: number; readonly number: number}): FilterChain['gateway'] {
  const origin = originOf(gateway)
  if (origin?.kind === 'Gateway') return {namespace: origin.namespace, name: origin.name, server: origin.listener, port: number}
  return {namespace: namespaceOf(gateway), name: gateway.metadata.name, server: index, port: number}
}

/** `VirtualService default/echo`, or the object of the Gateway API that it was made of. */
export function titleOfOrigin(object: KubeObject): string {
  const origin = originOf(object)
  return origin === undefined ? titleOf(object) : `${origin.kind} ${origin.namespace}/${origin.name}`
}

/** `tcp[0]`, `tls[1]` or `rules[0]`, as findings call a rule. */
export function describeRule({service: {object}, kind, rule}: BoundRule): string {
  return `${routeBehind(object) === undefined ? kind : 'rules'}[${rule}]`
}
