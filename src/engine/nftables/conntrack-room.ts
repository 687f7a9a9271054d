import {readFile} from 'node:fs/promises'

const COUNT = '/proc/sys/net/netfilter/nf_conntrack_count'
const MOST = '/proc/sys/net/netfilter/nf_conntrack_max'
/** Of what there is room for: the kernel throws away new connections when there is none, and says so in its own log only. */
const NEARLY_FULL = 0.9

/** What is to be said when the kernel has hardly any room for further connections; undefined while there is, or where it does not tell. */
export async function conntrackWarning(): Promise<string | undefined> {
  try {
    const [count, most] = (await Promise.all([COUNT, MOST].map((file) => readFile(file, 'utf8')))).map(Number) as [number, number]
    return roomWarning(count, most)
  } catch {
    return undefined // another kernel's files; the connections themselves are asked for elsewhere
  }
}

/** What to tell where the tracked connections are nearly as many as there may be; undefined where there is room. */
export function roomWarning(count: number, most: number): string | undefined {
  if (!(most > 0) || count < most * NEARLY_FULL) return undefined
  return `warning: the kernel tracks nearly as many connections as it may (${most}), and drops new ones when there is no room: raise it with 'sysctl net.netfilter.nf_conntrack_max=${2 * most}'`
}
