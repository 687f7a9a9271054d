import {kindOfServer, type ServerKind} from '../../routing/gateways/server-kind.js'
import {toFullHost} from '../../routing/host.js'
import {namespaceOf} from '../../routing/naming.js'
import type {GatewayServer} from '../../routing/objects/gateway.js'
import type {Service} from '../../routing/objects/service.js'
import type {TcpBlock, TcpMatch, VirtualService} from '../../routing/objects/virtual-service.js'
import {matchedPorts} from '../../routing/tcp-match.js'
import {indent, LEVEL, shortName} from './lines.js'

const DOMAIN = 'cluster.local'
const BLOCKS: Readonly<Partial<Record<ServerKind, 'tcp' | 'tls'>>> = {plain: 'tcp', terminate: 'tcp', passthrough: 'tls'}

/** Whether one of a VirtualService's TCP or TLS destinations is the Service. */
export function routesTo(service: VirtualService, target: Service): boolean {
  return [...(service.spec?.tcp ?? []), ...(service.spec?.tls ?? [])].some((block) => leadsTo(block, service, target))
}

/** Whether a Gateway's server looks at one of the blocks that lead to the Service. */
export function leadsAt(
  service: VirtualService,
  target: Service,
  {gatewayKey, server}: {readonly gatewayKey: string; readonly server: GatewayServer},
): boolean {
  const field = BLOCKS[kindOfServer(server)]
  return (field === undefined ? [] : (service.spec?.[field] ?? [])).some((block) => {
    const ports = matchedPorts(block, gatewayKey, namespaceOf(service))
    return leadsTo(block, service, target) && (ports === 'any' || ports.has(server.port?.number ?? 0))
  })
}

/** A VirtualService and which of its routes reach the Service (istioctl describe printVirtualService). */
export function virtualServiceLines(
  service: VirtualService,
  target: Service,
  {start, asked}: {readonly start: number; readonly asked: string},
): readonly string[] {
  const {tcp = [], tls = [], http = []} = service.spec ?? {}
  const reaching = [...tcp, ...tls].filter((block) => leadsTo(block, service, target))
  const title = indent(start, `VirtualService: ${shortName(service.metadata, asked)}`)
  const line = (text: string) => indent(start + LEVEL[1], text)
  if (reaching.length === 0) {
    const checked = [['HTTP', http.length] as const, ['TCP', tcp.length] as const].filter(([, count]) => count > 0)
    return [title, ...checked.map(([kind, count]) => line(`WARNING: No destinations match pod subsets (checked ${count} ${kind} routes)`))]
  }
  const facts = reaching.flatMap(({match = []}) => match.map((one) => line(describeMatch(one))))
  const possible = tcp.length + tls.length + http.length
  if (reaching.length < possible) return [title, ...facts, line(`${possible - reaching.length} additional destination(s) that will not reach this pod`)]
  return [title, ...(facts.length > 0 || tcp.length === 0 ? facts : [line(`${tcp.length} TCP route(s)`)])]
}

function leadsTo({route = []}: TcpBlock, service: VirtualService, target: Service): boolean {
  const wanted = toFullHost(target.metadata.name, namespaceOf(target), DOMAIN)
  return route.some(({destination}) => toFullHost(destination?.host ?? '', namespaceOf(service), DOMAIN) === wanted)
}

/** Protobuf's text of a match: `port:31400`. */
function describeMatch(match: TcpMatch & {readonly sniHosts?: readonly string[]}): string {
  const texts = (field: string, values: readonly string[] = []) => values.map((value) => `${field}:${JSON.stringify(value)}`)
  return [
    ...texts('destination_subnets', match.destinationSubnets),
    ...(match.port === undefined ? [] : [`port:${match.port}`]),
    ...Object.entries(match.sourceLabels ?? {}).map(([key, value]) => `source_labels:{key:${JSON.stringify(key)} value:${JSON.stringify(value)}}`),
    ...texts('gateways', match.gateways),
    ...texts('sni_hosts', match.sniHosts),
    ...(match.sourceNamespace === undefined ? [] : [`source_namespace:${JSON.stringify(match.sourceNamespace)}`]),
  ].join(' ')
}
