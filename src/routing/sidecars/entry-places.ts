import {addressIn} from '../../api/cidr.js'
import {inCreationOrder} from '../creation-order.js'
import {titleOf} from '../naming.js'
import type {RoutingFinding} from '../routing.js'
import type {ServiceEntry} from '../objects/service-entry.js'
import type {Place} from './compile-sidecars.js'
import type {PortProtocol} from './port-protocol.js'

/** Every address of it is this machine's, and can be listened at without further ado. */
const OWN = '127.0.0.0/8'

interface EntryPlaces {
  readonly places: readonly Place[]
  readonly findings: readonly RoutingFinding[]
}

/**
 * The addresses that ServiceEntries give their hosts, where they are this machine's to give: each TCP port of them is a place of the mesh. Of several hosts
 * of one address and port the oldest has it, as TCP cannot tell them apart (istio core conflicts of outbound TCP listeners). `taken` are `address_port`
 * of Services.
 */
export function entryPlaces(entries: readonly ServiceEntry[], taken: readonly string[]): EntryPlaces {
  const owners = new Map(taken.map((name) => [name, 'a Service']))
  const places: Place[] = []
  const findings: RoutingFinding[] = []
  for (const entry of inCreationOrder(entries)) {
    const {addresses = []} = entry.spec ?? {}
    const elsewhere = addresses.filter((address) => !isOwn(address))
    if (elsewhere.length > 0 && tcpPorts(entry).length > 0) findings.push(notServed(entry, elsewhere))
    for (const place of addresses.filter(isOwn).flatMap((address) => placesAt(entry, address))) {
      const name = `${place.address}_${place.port}`
      const owner = owners.get(name)
      if (owner === undefined) places.push(place)
      else if (owner !== titleOf(entry)) findings.push(addressTaken(entry, place, owner))
      if (owner === undefined) owners.set(name, titleOf(entry))
    }
  }
  return {places, findings}
}

/** Not a network: nothing can listen at all addresses of one. */
function isOwn(address: string): boolean {
  return !address.includes('/') && addressIn(address, OWN)
}

function placesAt(entry: ServiceEntry, address: string): readonly Place[] {
  const [host] = (entry.spec?.hosts ?? []).filter((name) => !name.startsWith('*'))
  if (host === undefined) return []
  return tcpPorts(entry).map(({index, number, protocol}) => ({service: entry, index, host, address, port: number, protocol}))
}

interface EntryPort {
  readonly index: number
  readonly number: number
  readonly protocol: PortProtocol
}

function tcpPorts({spec}: ServiceEntry): readonly EntryPort[] {
  return (spec?.ports ?? []).flatMap(({number, protocol = ''}, index) => {
    return number === undefined || protocol.toUpperCase() === 'UDP' ? [] : [{index, number, protocol: protocolNamed(protocol.toUpperCase())}]
  })
}

function protocolNamed(protocol: string): PortProtocol {
  if (protocol === 'TLS' || protocol === 'HTTPS') return 'tls'
  return protocol.startsWith('HTTP') || protocol.startsWith('GRPC') ? 'http' : 'tcp'
}

function notServed(entry: ServiceEntry, addresses: readonly string[]): RoutingFinding {
  const message =
    `no listener is opened at ${addresses.join(', ')}: only single addresses of 127.0.0.0/8 are this machine's to listen at. ` +
    'Routes of gateways lead to its hosts all the same'
  return {code: 'entry-address-elsewhere', level: 'info', object: titleOf(entry), message}
}

function addressTaken(entry: ServiceEntry, {address, port}: Place, owner: string): RoutingFinding {
  return {code: 'entry-address-taken', level: 'warning', object: titleOf(entry), message: `no listener is opened at ${address}:${port}, which ${owner} has`}
}
