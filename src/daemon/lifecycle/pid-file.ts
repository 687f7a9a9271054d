import {linkSync, readFileSync, renameSync, rmSync, writeFileSync} from 'node:fs'
import {UserError} from '../../base/user-error.js'

/** Which process is the gateway. A pid alone may be someone else's by now, so the process's start is kept with it where it can be known. */
export interface PidRecord {
  readonly pid: number
  /** Clock ticks since boot at which the process started (Linux); undefined elsewhere. */
  readonly started?: string
}

export type GatewayLife =
  | {readonly type: 'running'; readonly pid: number}
  /** A pid file of a process that is gone: it was killed. */
  | {readonly type: 'stale'; readonly pid: number}
  | {readonly type: 'stopped'}

/**
 * Makes this process the gateway of a pid file: of all that try at once, one. Returns who was it before: `running` where it still is, and then nothing
 * was changed.
 */
export function claimPidFile(file: string, pid = process.pid): GatewayLife {
  const started = startOf(pid)
  const record: PidRecord = started === undefined ? {pid} : {pid, started}
  const own = `${file}.${pid}`
  writeFileSync(own, JSON.stringify(record), {mode: 0o600})
  try {
    for (let before: GatewayLife = {type: 'stopped'}; ; ) {
      if (linkNew(own, file)) return before
      const found = readText(file)
      before = lifeOf(found)
      if (before.type === 'running') return before
      if (found !== undefined) takeAway(file, found, `${own}.stale`)
    }
  } finally {
    rmSync(own, {force: true})
  }
}

/** A link is made whole or not at all, and never over another. */
function linkNew(from: string, to: string): boolean {
  try {
    linkSync(from, to)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

/** Removes a file of this content, and no other that somebody has put in its place meanwhile. */
function takeAway(file: string, content: string, aside: string): void {
  try {
    renameSync(file, aside)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return // somebody else was faster
    throw error
  }
  if (readText(aside) !== content) linkNew(aside, file)
  rmSync(aside, {force: true})
}

/** Gives the pid file back, where it is still this process's. */
export function releasePidFile(file: string, pid = process.pid): void {
  if (!isPidFileLost(file, pid)) removePidFile(file)
}

/** Whether the file is gone or names another process. One that cannot be read at the moment, because no descriptor is free, is not lost. */
export function isPidFileLost(file: string, pid: number): boolean {
  try {
    return parseRecord(readText(file))?.pid !== pid
  } catch {
    return false
  }
}

/** Removes the file; it may be gone already. */
export function removePidFile(file: string): void {
  rmSync(file, {force: true})
}

/** Whether the process of a pid file lives. Throws UserError where the file cannot be read, as another user's: then that cannot be said. */
export function gatewayLife(file: string): GatewayLife {
  return lifeOf(readText(file))
}

function lifeOf(text: string | undefined): GatewayLife {
  const record = parseRecord(text)
  if (record === undefined) return {type: 'stopped'}
  const isSame = isAlive(record.pid) && (record.started === undefined || record.started === startOf(record.pid))
  return {type: isSame ? 'running' : 'stale', pid: record.pid}
}

/** Undefined only where there is none: what is there and cannot be read may be that of a gateway which runs. */
function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    const {code, message} = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    const isForbidden = code === 'EACCES'
    const hint = isForbidden ? 'it belongs to another user: choose another place with TSHIFT_HOME' : 'mend it, or choose another place with TSHIFT_HOME'
    throw new UserError(`cannot read ${file}: ${isForbidden ? 'permission denied' : message}`, {hint, cause: error})
  }
}

function parseRecord(text: string | undefined): PidRecord | undefined {
  try {
    const record = JSON.parse(text ?? '') as PidRecord
    return Number.isInteger(record.pid) && record.pid > 0 ? record : undefined
  } catch {
    return undefined // no record of ours: the same as none
  }
}

/** A zombie, which only its parent can bury, is not alive. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return startOf(pid) !== 'zombie'
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Field 22 of /proc/PID/stat; the command in field 2 may hold spaces and is skipped by its closing parenthesis. */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return fields[0] === 'Z' ? 'zombie' : fields[19]
  } catch {
    return undefined // no /proc here, or the process is gone
  }
}
