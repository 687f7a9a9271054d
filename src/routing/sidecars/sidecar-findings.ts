import type {BoundService} from '../bindings.js'
import {MESH} from '../gateways/gateway-name.js'
import {hostsOverlap} from '../host.js'
import {titleOf} from '../naming.js'
import type {TcpMatch} from '../objects/virtual-service.js'
import {titleOfOrigin} from '../origin.js'
import type {RoutingFinding} from '../routing.js'
import {isForGateway} from '../tcp-match.js'
import type {Place} from './place.js'
import type {MeshRules} from './mesh-rules.js'

/** Why routes for the mesh are followed by no one; `used` are the blocks that some client follows. */
export function sidecarFindings(places: readonly Place[], {services}: MeshRules, used: ReadonlySet<object>): readonly RoutingFinding[] {
  const hosts = new Map<string, Place[]>()
  for (const place of places) hosts.set(place.host, [...(hosts.get(place.host) ?? []), place])
  return services.filter(({hosts: own}) => own.length > 0).flatMap((service) => findingsOf(service, hosts, used))
}

function findingsOf(service: BoundService, places: ReadonlyMap<string, readonly Place[]>, used: ReadonlySet<object>): readonly RoutingFinding[] {
  const own = service.hosts.flatMap((host) => placesWith(host, places))
  const object = titleOfOrigin(service.object)
  if (own.length > 0) return unusedBlocks(service, own, used)
  const isOnlyForMesh = service.gatewayKeys.length === 0
  const message = `no Service with an address has a host of [${service.hosts.join(', ')}]: its routes for the mesh are not used`
  return isOnlyForMesh ? [{code: 'mesh-without-service', level: 'warning', object, message}] : []
}

function placesWith(host: string, places: ReadonlyMap<string, readonly Place[]>): readonly Place[] {
  if (!host.startsWith('*')) return places.get(host) ?? []
  return [...places].flatMap(([name, found]) => (hostsOverlap(host, name) ? found : []))
}

/** Blocks that no port follows, and those that no client does. */
function unusedBlocks(service: BoundService, places: readonly Place[], used: ReadonlySet<object>): readonly RoutingFinding[] {
  const {tcp = [], tls = []} = service.object.spec ?? {}
  const blocks = [...tcp.map((block, index) => ({kind: 'tcp', block, index})), ...tls.map((block, index) => ({kind: 'tls', block, index}))]
  return blocks.flatMap(({kind, block, index}): readonly RoutingFinding[] => {
    if (used.has(block)) return []
    const matches: readonly TcpMatch[] = block.match ?? []
    const own = matches.filter((match) => isForGateway(match, MESH, service.namespace))
    if (matches.length > 0 && own.length === 0) return []
    const matched = places.filter(({port}) => own.length === 0 || own.some((match) => (match.port ?? 0) === 0 || match.port === port))
    const [first] = matched
    const object = titleOfOrigin(service.object)
    if (first === undefined) {
      const message = `${kind}[${index}] matches no port of ${[...new Set(places.map((place) => titleOf(place.service)))].join(', ')}: it is not used in the mesh`
      return [{code: 'mesh-without-port', level: 'warning', object, message}]
    }
    if (matched.some(({protocol}) => protocol === kind)) return [idle(`${kind}[${index}]`, object, own)]
    const message = `${kind}[${index}] is not used in the mesh: port ${first.port} of ${titleOf(first.service)} is ${NAMES[first.protocol]} by its name`
    return [{code: 'mesh-wrong-protocol', level: 'warning', object, message}]
  })
}

/** Which pods there are may change: a block for some of them is not wrong. */
function idle(name: string, object: string, matches: readonly TcpMatch[]): RoutingFinding {
  const isForSome =
    matches.length > 0 && matches.every(({sourceLabels, sourceNamespace}) => Object.keys(sourceLabels ?? {}).length > 0 || (sourceNamespace ?? '') !== '')
  if (isForSome) {
    return {code: 'mesh-without-client', level: 'info', object, message: `${name} is for clients in the mesh that are not there, or follow another block`}
  }
  return {
    code: 'mesh-dead-route',
    level: 'warning',
    object,
    message: `${name} is never used in the mesh: its clients follow other blocks, asked before it or for narrower subnets`,
  }
}

const NAMES: Readonly<Record<Place['protocol'], string>> = {tcp: 'TCP', tls: 'TLS', http: 'HTTP'}
