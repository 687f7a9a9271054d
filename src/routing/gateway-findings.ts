import {isDefinedOnService, type IngressPorts} from './ingress-ports.js'
import {formatLabels} from './labels.js'
import {describeForeignServer, describeServer, type Server, type SkippedServer} from './merge-servers.js'
import {titleOf} from './naming.js'
import type {Proxy} from './proxy.js'
import type {RoutingFinding} from './routing.js'
import type {ServedServer} from './serve.js'
import {isTlsServer} from './server-kind.js'
import type {Gateway} from './snapshot.js'

export function unselectedGateway(gateway: Gateway, proxy: Proxy): RoutingFinding {
  return {
    code: 'gateway-selects-nothing',
    level: 'warning',
    object: titleOf(gateway),
    message: `selector ${formatLabels(gateway.spec?.selector)} matches no gateway workload; the ingress gateway has the labels ${formatLabels(proxy.labels)}`,
  }
}

export function skippedServer({server, by, hosts}: SkippedServer): RoutingFinding {
  const owner = describeForeignServer(by)
  const reason = hosts.length > 0 ? `${owner} already has the hosts ${hosts.join(', ')} there` : `the port already belongs to ${owner}`
  return {code: 'server-conflict', level: 'error', object: titleOf(server.gateway), message: `${describeServer(server)} is skipped: ${reason}`}
}

/** Servers that keep their place in merging and are not opened by this data plane. */
export function unservedServer(server: Server): RoutingFinding {
  const object = titleOf(server.gateway)
  const name = describeServer(server)
  const isTls = isTlsServer(server.spec)
  if (isTls) return {code: 'tls-server', level: 'warning', object, message: `${name} speaks TLS, which is not served: its routes are not used`}
  return {code: 'http-server', level: 'info', object, message: `${name} speaks HTTP, which is not served: only TCP is`}
}

export function portNotOnService(server: Server, ports: IngressPorts): readonly RoutingFinding[] {
  if (isDefinedOnService(ports, server.number)) return []
  const selector = formatLabels(server.gateway.spec?.selector)
  return [
    {
      code: 'port-not-on-service',
      level: 'warning',
      object: titleOf(server.gateway),
      message:
        `The gateway is listening on a target port (port ${server.number}) that is not defined in the Service associated with its workload instances ` +
        `(Pod selector ${selector}). If you need to access the gateway port through the gateway Service, it will not be available.`,
    },
  ]
}

export function serverWithoutRoute({server, winner, compiled}: ServedServer): readonly RoutingFinding[] {
  if (compiled !== undefined) return []
  if (winner !== undefined) {
    const message = `tcp[${winner.rule}] has several destinations and no weight above 0 among them: port ${server.number} is not opened`
    return [{code: 'no-weights', level: 'error', object: titleOf(winner.service.object), message}]
  }
  const message = `${describeServer(server)} has no VirtualService with a matching tcp route: the port is not opened and connections are refused`
  return [{code: 'gateway-without-route', level: 'warning', object: titleOf(server.gateway), message}]
}
