import {readdir, readFile, readlink} from 'node:fs/promises'

/** Where a process waits for connections. */
export interface ListeningSocket {
  /** IPv4 in dots; IPv6 in full, without the shortening of zeros. */
  readonly address: string
  readonly port: number
}

/**
 * Where processes of these sessions listen for TCP. A container's main process leads a session of its own, in which its children stay. Empty where there is
 * no /proc, or where it does not tell.
 */
export async function listeningSockets(sessions: readonly number[]): Promise<readonly ListeningSocket[]> {
  const pids = await processesOf(new Set(sessions))
  const found = await Promise.all(pids.map(async (pid) => ({inodes: await socketInodes(pid), rows: await listeningRows(pid)})))
  const sockets = found.flatMap(({inodes, rows}) => rows.flatMap(({inode, socket}) => (inodes.has(inode) ? [socket] : [])))
  return [...new Map(sockets.map((socket) => [`${socket.address} ${socket.port}`, socket])).values()]
}

async function processesOf(sessions: ReadonlySet<number>): Promise<readonly number[]> {
  if (sessions.size === 0) return []
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name)) // not on this system
  const members = await Promise.all(pids.map(async (pid) => sessions.has(await sessionOf(pid))))
  return pids.flatMap((pid, i) => (members[i] === true ? [Number(pid)] : []))
}

/** The sixth field; the second is the command's name in brackets, with anything in it. NaN for a process that is gone. */
async function sessionOf(pid: string): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[3])
}

/** Of its sockets, also those that do not listen; none of a process that is gone or another user's. */
async function socketInodes(pid: number): Promise<ReadonlySet<string>> {
  const descriptors = await readdir(`/proc/${pid}/fd`).catch(() => [])
  const targets = await Promise.all(descriptors.map((fd) => readlink(`/proc/${pid}/fd/${fd}`).catch(() => '')))
  return new Set(targets.flatMap((target) => /^socket:\[(\d+)\]$/.exec(target)?.[1] ?? []))
}

const LISTEN = '0A'

/** What listens in the network the process is in. */
async function listeningRows(pid: number): Promise<readonly {readonly inode: string; readonly socket: ListeningSocket}[]> {
  const tables = await Promise.all(['tcp', 'tcp6'].map((table) => readFile(`/proc/${pid}/net/${table}`, 'utf8').catch(() => '')))
  const rows = tables.flatMap((table) => table.split('\n').slice(1)).map((row) => row.trim().split(/\s+/))
  return rows.flatMap(([, local = '', , state, , , , , , inode = '']) => (state === LISTEN ? [{inode, socket: socketOf(local)}] : []))
}

/** `0100007F:2328`: words of four bytes in the machine's order, which is little-endian on all we run on. */
function socketOf(local: string): ListeningSocket {
  const [hex = '', port = ''] = local.split(':')
  const bytes = (hex.match(/.{8}/g) ?? []).flatMap((word) => (word.match(/../g) ?? []).reverse())
  return {address: addressOf(bytes), port: Number.parseInt(port, 16)}
}

const MAPPED = '00000000000000000000FFFF'

function addressOf(bytes: readonly string[]): string {
  const isMapped = bytes.length === 16 && bytes.join('').startsWith(MAPPED)
  if (bytes.length === 4 || isMapped) return bytes.slice(-4).map((byte) => Number.parseInt(byte, 16)).join('.')
  return bytes.flatMap((byte, i) => (i % 2 === 0 ? [Number.parseInt(`${byte}${bytes[i + 1] ?? ''}`, 16).toString(16)] : [])).join(':')
}
