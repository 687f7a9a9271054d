import {readFile} from 'node:fs/promises'
import {leafOf} from './mark.js'

/** One connection that the kernel translates, or has translated a moment ago. */
export interface TrackedConnection {
  /** The number of its leaf. */
  readonly leaf: number
  /** Neither refused nor ended on both sides. */
  readonly isOpen: boolean
  /** The endpoint's side of it, `address:port`, and the client as the endpoint sees it. */
  readonly endpoint: Side
  readonly client: Side
}

export interface Side {
  readonly address: string
  readonly port: number
}

export const CONNTRACK = '/proc/net/nf_conntrack'

/** This gateway's connections. Rejects where the kernel does not list them. */
export async function trackedConnections(tag: number, file = CONNTRACK): Promise<readonly TrackedConnection[]> {
  return parseConntrack(await readFile(file, 'latin1'), tag)
}

/** nf_conntrack_standalone.c: state, the first packet's addresses, those that answers have, flags, mark. */
const LINE = /^ipv[46] +\d+ tcp +6 +\d+ (\w+) .* src=(\S+) dst=(\S+) sport=(\d+) dport=(\d+) (?:packets=\d+ bytes=\d+ )?(?:\[ASSURED\] )?mark=(\d+)/
const ENDED: ReadonlySet<string> = new Set(['TIME_WAIT', 'CLOSE'])

export function parseConntrack(text: string, tag: number): readonly TrackedConnection[] {
  return text.split('\n').flatMap((line) => {
    const [, state = '', from = '', to = '', fromPort, toPort, mark] = LINE.exec(line) ?? []
    const leaf = mark === undefined ? undefined : leafOf(tag, Number(mark))
    if (leaf === undefined) return []
    return [{leaf, isOpen: !ENDED.has(state), endpoint: {address: from, port: Number(fromPort)}, client: {address: to, port: Number(toPort)}}]
  })
}
