import {memoizeByIdentity} from '../../base/memoize.js'
import type {BoundRule} from '../bindings.js'
import type {View} from '../mesh.js'
import {compileRoute, destinedBy, type CompiledRoute, type Destined} from '../tcp-route.js'

/** A cluster of a Service, by what it is made of. */
export interface OwnDestination {
  readonly host: string
  readonly port: number
  readonly subset: string
}

/** The route that leads to one cluster and nowhere else, where no VirtualService takes part (buildOutboundNetworkFiltersWithSingleDestination). */
export function routeTo({host, port, subset}: OwnDestination, view: View): CompiledRoute | undefined {
  return ownRoute(destinedBy(view), host, port, subset)
}

const ownRoute = memoizeByIdentity((destined: Destined, host: string, port: number, subset: string): CompiledRoute | undefined => {
  const object = {apiVersion: 'networking.istio.io/v1', kind: 'VirtualService', metadata: {name: host, namespace: 'default'}}
  const rule: BoundRule = {
    service: {object, namespace: 'default', hosts: [host], gatewayKeys: []},
    kind: 'tcp',
    rule: 0,
    block: {route: [{destination: {host, subset, port: {number: port}}}]},
    ports: 'any',
  }
  return compileRoute(rule, port, destined)
})
