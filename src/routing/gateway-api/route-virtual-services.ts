import {MESH} from '../gateways/gateway-name.js'
import {namespaceOf} from '../naming.js'
import type {L4Route, ParentRef} from '../objects/l4-route.js'
import type {RouteDestination, TcpBlock, TlsBlock, VirtualService} from '../objects/virtual-service.js'
import type {Problem} from './condition.js'
import type {Parent} from './convert-listener.js'
import {commonHostnames} from './hostnames.js'
import {GENERATED, type ConvertedRoute, type RouteOrigin} from './origin.js'

/** The destinations of each rule; without any, nothing is made of the route. */
export interface RouteRules {
  readonly blocks: readonly (readonly RouteDestination[])[]
  readonly problem?: Problem
}

/** What a route is attached to. */
export type RouteTarget =
  | {readonly type: 'listener'; readonly parent: Parent}
  | {readonly type: 'service'; readonly host: string; readonly ref: ParentRef}

/** The Gateway that a route's VirtualService names. */
export function boundTo(target: RouteTarget): string {
  return target.type === 'listener' ? target.parent.gatewayKey : MESH
}

interface AttachedRoute {
  readonly kind: RouteOrigin['kind']
  readonly route: L4Route
  readonly targets: readonly RouteTarget[]
}

/**
 * One VirtualService for each target, numbered as Istio numbers them: it makes one for each host name of a TLSRoute, where one with all of them
 * does here, so that a number may be left out.
 */
export function virtualServicesOf({kind, route, targets}: AttachedRoute, rules: {atGateways: RouteRules; inMesh: RouteRules}): readonly ConvertedRoute[] {
  let number = 0
  return targets.flatMap((target) => {
    const {blocks} = target.type === 'listener' ? rules.atGateways : rules.inMesh
    if (blocks.length === 0) return []
    const hosts = hostsFor(kind, route, target)
    const object = objectOf(kind, route, number, {...boundSpec(route, target, hosts), ...rulesFor(kind, route, target, {blocks, hosts})})
    number += hosts.length
    return [object]
  })
}

function hostsFor(kind: RouteOrigin['kind'], {spec}: L4Route, target: RouteTarget): readonly string[] {
  if (target.type === 'service') return [target.host]
  return kind === 'TCPRoute' ? ['*'] : commonHostnames(spec?.hostnames ?? [], target.parent.listener.hostname)
}

/** A route for a Service of another namespace is for clients of its own namespace only. */
function boundSpec(route: L4Route, target: RouteTarget, hosts: readonly string[]): NonNullable<VirtualService['spec']> {
  const own = namespaceOf(route)
  const isForeign = target.type === 'service' && (target.ref.namespace ?? own) !== own
  return {hosts, gateways: [boundTo(target)], ...(isForeign && {exportTo: ['.']})}
}

type Blocks = {readonly tcp: readonly TcpBlock[]} | {readonly tls: readonly TlsBlock[]}

function rulesFor(kind: RouteOrigin['kind'], {spec}: L4Route, target: RouteTarget, {blocks, hosts}: RouteRules & {hosts: readonly string[]}): Blocks {
  const port = target.type === 'service' && target.ref.port !== undefined ? {port: target.ref.port} : undefined
  if (kind === 'TCPRoute') return {tcp: blocks.map((route) => ({...(port && {match: [port]}), route}))}
  const named = spec?.hostnames ?? []
  const sniHosts = target.type === 'service' && named.length > 0 ? named : hosts
  return {tls: blocks.map((route) => ({match: [{...port, sniHosts}], route}))}
}

function objectOf(kind: RouteOrigin['kind'], route: L4Route, number: number, spec: NonNullable<VirtualService['spec']>): ConvertedRoute {
  const {name, creationTimestamp} = route.metadata
  const namespace = namespaceOf(route)
  return {
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    metadata: {
      name: `${name}~${kind === 'TCPRoute' ? 'tcp' : 'tls'}~${number}~${GENERATED}`,
      namespace,
      annotations: {'internal.istio.io/parents': `${kind}/${name}.${namespace}`, 'internal.istio.io/route-semantics': 'gateway'},
      ...(creationTimestamp !== undefined && {creationTimestamp}),
    },
    spec,
    origin: {kind, namespace, name},
  }
}
