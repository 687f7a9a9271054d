import {inCreationOrder} from '../creation-order.js'
import {entryAddresses, isOwnAddress, type EntryAddress} from '../entry-addresses.js'
import {titleOf} from '../naming.js'
import type {RoutingFinding} from '../routing.js'
import type {ServiceEntry} from '../objects/service-entry.js'
import type {Place} from './place.js'
import type {PortProtocol} from './port-protocol.js'

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
    const elsewhere = (entry.spec?.addresses ?? []).filter((address) => !isOwnAddress(address))
    if (elsewhere.length > 0 && tcpPorts(entry).length > 0) findings.push(notServed(entry, elsewhere))
    const own = entryAddresses(entry).filter(({address}) => isOwnAddress(address))
    for (const place of own.flatMap((one) => placesAt(entry, one))) {
      const name = `${place.address}_${place.port}`
      const owner = owners.get(name)
      if (owner === undefined) places.push(place)
      else if (owner !== titleOf(entry)) findings.push(addressTaken(entry, place, owner))
      if (owner === undefined) owners.set(name, titleOf(entry))
    }
  }
  return {places, findings}
}

function placesAt(entry: ServiceEntry, {host, address}: EntryAddress): readonly Place[] {
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
