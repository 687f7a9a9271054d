import {execFileSync} from 'node:child_process'
import {readFileSync} from 'node:fs'
import process from 'node:process'

/** What a proxy needs of its own, and two for each connection. */
const SPARE = 500

/** How many connections a proxy started from here can hold, at most `wanted`. Raises the limit of descriptors where that is allowed. */
export function mostConnections(wanted) {
  const needed = 2 * wanted + SPARE
  if (descriptorLimit() < needed) raise(needed)
  return Math.min(wanted, Math.floor((descriptorLimit() - SPARE) / 2))
}

function raise(limit) {
  try {
    execFileSync('prlimit', ['--pid', String(process.pid), `--nofile=${limit}:${limit}`], {stdio: 'ignore'})
  } catch {
    // only root may; then fewer connections are held, and the table says how many
  }
}

function descriptorLimit() {
  return Number(/^Max open files\s+\d+\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1] ?? 1024)
}
