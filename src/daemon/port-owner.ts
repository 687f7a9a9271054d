import {readdir, readFile, readlink} from 'node:fs/promises'

export interface PortOwner {
  readonly pid: number
  readonly command: string
}

/** The process that listens on a local TCP port, as far as /proc tells (Linux; only one's own processes unless root). */
export async function portOwner(port: number): Promise<PortOwner | undefined> {
  try {
    const inodes = await listeningInodes(port)
    return inodes.size === 0 ? undefined : await ownerOf(inodes)
  } catch {
    return undefined // no /proc: the answer is a help, not a need
  }
}

async function listeningInodes(port: number): Promise<ReadonlySet<string>> {
  const LISTEN = '0A'
  const hex = port.toString(16).toUpperCase().padStart(4, '0')
  const tables = await Promise.all(['/proc/net/tcp', '/proc/net/tcp6'].map((file) => readFile(file, 'utf8').catch(() => '')))
  const rows = tables.flatMap((table) => table.split('\n').slice(1)).map((row) => row.trim().split(/\s+/))
  return new Set(rows.filter(([, local, , state]) => state === LISTEN && local?.endsWith(`:${hex}`)).map((row) => `socket:[${row[9]}]`))
}

async function ownerOf(inodes: ReadonlySet<string>): Promise<PortOwner | undefined> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  for (const pid of pids) {
    const descriptors = await readdir(`/proc/${pid}/fd`).catch(() => [])
    for (const fd of descriptors) {
      const target = await readlink(`/proc/${pid}/fd/${fd}`).catch(() => '')
      if (inodes.has(target)) return {pid: Number(pid), command: (await readFile(`/proc/${pid}/comm`, 'utf8')).trim()}
    }
  }
  return undefined
}
