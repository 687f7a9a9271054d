import {hostNameOf, isDns, membersOf} from './entry-endpoints.js'
import type {Snapshot} from './snapshot.js'
import {indexWorkloads} from './workloads.js'

/** The names that have to be resolved before their ServiceEntries' endpoints have addresses: what belongs into `Snapshot.resolved`. Each once, sorted. */
export function hostNamesOf(snapshot: Snapshot): readonly string[] {
  const workloads = indexWorkloads(snapshot)
  const entries = (snapshot.serviceEntries ?? []).filter(isDns)
  const members = entries.flatMap((entry) => (entry.spec?.hosts ?? []).flatMap((host) => membersOf(entry, host, workloads)))
  return [...new Set(members.flatMap((workload) => hostNameOf(workload) ?? []))].sort()
}
