import {readFileSync, rmSync, writeFileSync} from 'node:fs'

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

/** Writes this process's pid file; throws EEXIST where there is one. */
export function claimPidFile(file: string, pid = process.pid): void {
  const started = startOf(pid)
  const record: PidRecord = started === undefined ? {pid} : {pid, started}
  writeFileSync(file, JSON.stringify(record), {flag: 'wx', mode: 0o600})
}

export function removePidFile(file: string): void {
  rmSync(file, {force: true})
}

/** Whether the process of a pid file lives. */
export function gatewayLife(file: string): GatewayLife {
  const record = readRecord(file)
  if (record === undefined) return {type: 'stopped'}
  const isSame = isAlive(record.pid) && (record.started === undefined || record.started === startOf(record.pid))
  return {type: isSame ? 'running' : 'stale', pid: record.pid}
}

function readRecord(file: string): PidRecord | undefined {
  try {
    const record = JSON.parse(readFileSync(file, 'utf8')) as PidRecord
    return Number.isInteger(record.pid) && record.pid > 0 ? record : undefined
  } catch {
    return undefined // none, or cut short by a kill while it was written: the same as none
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
