import type {KubeObject} from '../api/object.js'
import {BUILTIN_CLASSES} from '../routing/gateway-api/gateway-class.js'

/** The GatewayClasses that Istio puts into every cluster. */
export function gatewayClassObjects(): readonly KubeObject[] {
  return BUILTIN_CLASSES.map(({name, controllerName, description}) => {
    const object = {apiVersion: 'gateway.networking.k8s.io/v1', kind: 'GatewayClass', metadata: {name}, spec: {controllerName, description}}
    return object satisfies KubeObject
  })
}
