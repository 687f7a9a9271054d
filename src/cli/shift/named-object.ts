import {tcpRouteType} from '../../api/kinds/tcp-route.js'
import {virtualServiceType} from '../../api/kinds/virtual-service.js'
import type {ResourceType} from '../../api/resource-type.js'
import {UserError} from '../../base/user-error.js'
import type {Resources} from '../../resources/resources.js'
import type {ShiftedObject} from '../../shift/shifted-object.js'

const VIRTUAL_SERVICE = /^(vs|virtualservices?)(\.networking\.istio\.io)?$/
const TCP_ROUTE = /^tcproutes?(\.gateway\.networking\.k8s\.io)?$/

/**
 * `vs/tcp-echo`, `tcproute/tcp-echo`, or a plain name: the VirtualService, and the TCPRoute where there is only that. Throws a UserError (exit
 * code 2) for another kind.
 */
export async function namedObject(resources: Resources, namespace: string, word: string): Promise<ShiftedObject> {
  const [kind = '', name, ...rest] = word.split('/')
  if (name === undefined) return (await isOnlyTcpRoute(resources, namespace, kind)) ? {virtualService: kind, kind: 'TCPRoute'} : {virtualService: kind}
  if (name !== '' && rest.length === 0) {
    if (VIRTUAL_SERVICE.test(kind.toLowerCase())) return {virtualService: name}
    if (TCP_ROUTE.test(kind.toLowerCase())) return {virtualService: name, kind: 'TCPRoute'}
  }
  throw new UserError(`"${word}" is no virtual service and no TCPRoute`, {hint: 'name one as tcp-echo, vs/tcp-echo or tcproute/tcp-echo', exitCode: 2})
}

async function isOnlyTcpRoute(resources: Resources, namespace: string, name: string): Promise<boolean> {
  if ((await resources.find(virtualServiceType, namespace, name)) !== undefined) return false
  return (await resources.find(tcpRouteType, namespace, name)) !== undefined
}

export function typeOfShifted({kind}: ShiftedObject): ResourceType {
  return kind === 'TCPRoute' ? tcpRouteType : virtualServiceType
}
