import {hostNameOf, isDns, membersOf} from './clusters/entry-endpoints.js'
import {indexWorkloads, type Workloads} from './clusters/workloads.js'
import type {ServiceEntry} from './objects/service-entry.js'
import type {Snapshot} from './snapshot.js'

/** The names that have to be resolved before their ServiceEntries' endpoints have addresses: what belongs into `Snapshot.resolved`. Each once, sorted. */
export function hostNamesOf(snapshot: Snapshot): readonly string[] {
  const workloads = indexWorkloads(snapshot)
  return [...new Set((snapshot.serviceEntries ?? []).flatMap((entry) => namesBehind(entry, workloads)))].sort()
}

/** The names that one entry's endpoints stand for; an entry may repeat one. */
export function namesBehind(entry: ServiceEntry, workloads: Workloads): readonly string[] {
  if (!isDns(entry)) return []
  const members = (entry.spec?.hosts ?? []).flatMap((host) => membersOf(entry, host, workloads))
  return members.flatMap((workload) => hostNameOf(workload) ?? [])
}
