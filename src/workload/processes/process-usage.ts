import type {ProcessFacts, ProcessTable} from './process-table.js'

/** What something uses, as metrics-server would measure it. */
export interface Usage {
  /** Thousandths of a CPU. */
  readonly cpuMillis: number
  readonly memoryBytes: number
  readonly swapBytes: number
}

export const NO_USAGE: Usage = {cpuMillis: 0, memoryBytes: 0, swapBytes: 0}

/** Two looks at the processes, and the time between them. */
export interface Looks {
  readonly before: ProcessTable
  readonly after: ProcessTable
  readonly elapsedMs: number
}

/** A process, all below it and all of its group: what a container's main process has started. */
export function familyOf(pid: number, table: ProcessTable): ReadonlySet<number> {
  const family = new Set([pid])
  for (const {pid: member, group} of table.values()) if (group === pid) family.add(member)
  for (let size = 0; size !== family.size; ) {
    size = family.size
    for (const {pid: member, parent} of table.values()) if (family.has(parent)) family.add(member)
  }
  return family
}

/** What processes used between the looks. Who came in between counts from its start; who has gone, no more. */
export function usageOf(pids: ReadonlySet<number>, {before, after, elapsedMs}: Looks): Usage {
  const members = [...pids].flatMap((pid) => after.get(pid) ?? [])
  const cpuMs = sum(members, ({pid, cpuMs: now}) => Math.max(0, now - (before.get(pid)?.cpuMs ?? 0)))
  return {
    cpuMillis: Math.round((cpuMs / elapsedMs) * 1000),
    memoryBytes: sum(members, ({rssBytes}) => rssBytes),
    swapBytes: sum(members, ({swapBytes}) => swapBytes),
  }
}

/** Both together. */
export function addUsage(one: Usage, other: Usage): Usage {
  return {cpuMillis: one.cpuMillis + other.cpuMillis, memoryBytes: one.memoryBytes + other.memoryBytes, swapBytes: one.swapBytes + other.swapBytes}
}

function sum(members: readonly ProcessFacts[], amount: (facts: ProcessFacts) => number): number {
  return members.reduce((total, facts) => total + amount(facts), 0)
}
