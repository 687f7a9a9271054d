import {readdir, readFile} from 'node:fs/promises'
import path from 'node:path'

/** What the kernel says of a process. */
export interface ProcessFacts {
  readonly pid: number
  readonly parent: number
  readonly group: number
  /** Time on a CPU since its start, in milliseconds. */
  readonly cpuMs: number
  readonly rssBytes: number
  readonly swapBytes: number
}

export type ProcessTable = ReadonlyMap<number, ProcessFacts>

/** Linux counts time in hundredths of a second for its readers, whatever it does itself. Source: proc(5), USER_HZ. */
const TICK_MS = 10
const FILES_AT_ONCE = 64

/** All processes of this machine; undefined where there is no `/proc`. Those that end meanwhile are left out. */
export async function readProcessTable(proc = '/proc'): Promise<ProcessTable | undefined> {
  const names = await readdir(proc).catch(() => []) // not Linux
  const pids = names.filter((name) => /^\d+$/.test(name))
  const found: ProcessFacts[] = []
  for (let at = 0; at < pids.length; at += FILES_AT_ONCE) {
    const some = await Promise.all(pids.slice(at, at + FILES_AT_ONCE).map((pid) => readProcess(path.join(proc, pid))))
    found.push(...some.filter((facts) => facts !== undefined))
  }
  return found.length === 0 ? undefined : new Map(found.map((facts) => [facts.pid, facts]))
}

async function readProcess(directory: string): Promise<ProcessFacts | undefined> {
  try {
    const [stat, status] = await Promise.all([readFile(path.join(directory, 'stat'), 'utf8'), readFile(path.join(directory, 'status'), 'utf8')])
    return parseProcess(stat, status)
  } catch {
    return undefined // it has ended
  }
}

/** A program's name may hold spaces and parentheses: fields are counted from the last one. Source: proc(5), `/proc/pid/stat`. */
export function parseProcess(stat: string, status: string): ProcessFacts {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ').map(Number)
  const [, parent = 0, group = 0] = fields
  const [user = 0, system = 0] = fields.slice(11, 13)
  return {
    pid: Number.parseInt(stat, 10),
    parent,
    group,
    cpuMs: (user + system) * TICK_MS,
    rssBytes: kibibytes(status, 'VmRSS'),
    swapBytes: kibibytes(status, 'VmSwap'),
  }
}

function kibibytes(status: string, name: string): number {
  return Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1] ?? 0) * 1024
}
