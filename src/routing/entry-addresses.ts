import {addressIn} from '../api/cidr.js'
import {allotsAddresses} from '../api/kinds/istio/allots-addresses.js'
import type {ServiceEntry} from './objects/service-entry.js'

/** Every address of it is this machine's, and can be listened at without further ado. */
const OWN = '127.0.0.0/8'

/** The host that an address of a ServiceEntry stands for. */
export interface EntryAddress {
  readonly host: string
  readonly address: string
}

/**
 * The addresses that a ServiceEntry's hosts have: those it names itself, which TCP can tell to be one host's only, or else those it was allotted
 * (istio serviceentry GetHostAddressesFromServiceEntry).
 */
export function entryAddresses(entry: ServiceEntry): readonly EntryAddress[] {
  const {spec, status} = entry
  const {addresses = [], hosts = []} = spec ?? {}
  if (addresses.length > 0) {
    const host = hosts.find((name) => !name.startsWith('*'))
    return host === undefined ? [] : addresses.map((address) => ({host, address}))
  }
  if (!allotsAddresses(entry)) return []
  return (status?.addresses ?? []).flatMap(({host, value}) =>
    host !== undefined && value !== undefined && hosts.includes(host) ? [{host, address: value}] : [],
  )
}

/** Whether something can listen at it: not a network, nor an address of somewhere else. */
export function isOwnAddress(address: string): boolean {
  return !address.includes('/') && addressIn(address, OWN)
}
