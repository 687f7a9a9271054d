import {allotsAddresses} from '../../api/kinds/istio/allots-addresses.js'
import {memoizeByIdentity} from '../../base/memoize.js'
import {fnv1a} from '../../base/fnv.js'
import {entryRangeOf} from '../../resources/cluster.js'
import {inCreationOrder} from '../../routing/creation-order.js'
import {keyOf} from '../../routing/naming.js'
import type {ServiceEntry} from '../../routing/objects/service-entry.js'
import type {Action} from '../action.js'
import type {World} from '../world.js'

const COUNT = 0xff00

/** Writes down the addresses that ServiceEntries are allotted, from this machine's range for them. */
export function planEntryAddresses({kinds, serviceEntries}: World): readonly Action[] {
  const node = kinds.find(([first]) => first?.kind === 'Node')?.[0]
  const prefix = node && entryRangeOf(node)
  if (prefix === undefined) return []
  return allotOnce(serviceEntries, prefix).map((object) => ({type: 'status', object}))
}

const allotOnce = memoizeByIdentity(allotAddresses)

/**
 * The entries that lack addresses, with them: one for each host, as istiod's ipallocate gives from 240.240.0.0/16, but of this machine, so that clients in
 * the mesh can be routed there. Drawn from the names, so the same file gets the same addresses in every fresh store; what was given stays.
 */
export function allotAddresses(entries: readonly ServiceEntry[], prefix: string): readonly ServiceEntry[] {
  const wanting = inCreationOrder(entries).filter((entry) => allotsAddresses(entry) && withoutAddress(entry).length > 0)
  if (wanting.length === 0) return []
  const taken = new Set(entries.flatMap(({status}) => (status?.addresses ?? []).map(({value}) => value)))
  return wanting.map((entry) => allotted(entry, prefix, taken))
}

/** A wildcard is no name that a client can look up. */
function withoutAddress({spec, status}: ServiceEntry): readonly string[] {
  const known = new Set(status?.addresses?.map(({host}) => host))
  return (spec?.hosts ?? []).filter((host) => !host.startsWith('*') && !known.has(host))
}

function allotted(entry: ServiceEntry, prefix: string, taken: Set<string | undefined>): ServiceEntry {
  const added = withoutAddress(entry).map((host) => ({host, value: freeAddress(`${keyOf(entry)}/${host}`, prefix, taken)}))
  const addresses = [...(entry.status?.addresses ?? []), ...added]
  return {...entry, status: {...entry.status, addresses}}
}

/** Takes the first that is free from a place that depends on `name`; .0.x is left out. */
function freeAddress(name: string, prefix: string, taken: Set<string | undefined>): string {
  const start = fnv1a(name) % COUNT
  for (let i = 0; i < COUNT; i++) {
    const host = 0x100 + ((start + i) % COUNT)
    const address = `${prefix}.${host >> 8}.${host & 255}`
    if ((host & 255) === 0 || (host & 255) === 255 || taken.has(address)) continue
    taken.add(address)
    return address
  }
  throw new RangeError(`no free address in ${prefix}.0.0/16`)
}
