import {readdir, readFile, readlink} from 'node:fs/promises'
import path from 'node:path'

export interface PortOwner {
  readonly pid: number
  readonly command: string
}

/** The process that listens at an address and port of this machine, as far as /proc tells (Linux; only one's own processes unless root). */
export async function portOwner(address: string, port: number): Promise<PortOwner | undefined> {
  try {
    const inodes = await listeningInodes(address, port)
    return inodes.size === 0 ? undefined : await ownerOf(inodes)
  } catch {
    return undefined // no /proc: the answer is a help, not a need
  }
}

const LISTEN = '0A'
const ANY_V4 = '00000000'
const ANY_V6 = '0'.repeat(32)

async function listeningInodes(address: string, port: number): Promise<ReadonlySet<string>> {
  const tables = await Promise.all(['/proc/net/tcp', '/proc/net/tcp6'].map((file) => readFile(file, 'utf8').catch(() => '')))
  const rows = tables.flatMap((table) => table.split('\n').slice(1)).map((row) => row.trim().split(/\s+/))
  const hexPort = port.toString(16).toUpperCase().padStart(4, '0')
  const wanted = new Set([hexOf(address), ANY_V4, ANY_V6].map((ip) => `${ip}:${hexPort}`))
  return new Set(rows.filter(([, local = '', , state]) => state === LISTEN && wanted.has(local)).map((row) => `socket:[${row[9]}]`))
}

/** An IPv4 address as /proc/net/tcp has it: four bytes in the machine's order, which is little-endian on all we run on. */
function hexOf(address: string): string {
  const octets = address.split('.').map((octet) => Number(octet).toString(16).toUpperCase().padStart(2, '0'))
  return octets.reverse().join('')
}

async function ownerOf(inodes: ReadonlySet<string>): Promise<PortOwner | undefined> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  for (const pid of pids) {
    const descriptors = await readdir(`/proc/${pid}/fd`).catch(() => [])
    for (const fd of descriptors) {
      const target = await readlink(`/proc/${pid}/fd/${fd}`).catch(() => '')
      if (inodes.has(target)) return {pid: Number(pid), command: await programOf(pid)}
    }
  }
  return undefined
}

/** The program's file; its `comm` is no name for a person where a thread has its own (`MainThread` since Node 24). */
async function programOf(pid: string): Promise<string> {
  const file = await readlink(`/proc/${pid}/exe`).catch(() => undefined)
  return file === undefined ? (await readFile(`/proc/${pid}/comm`, 'utf8')).trim() : path.basename(file).replace(/ \(deleted\)$/, '')
}
