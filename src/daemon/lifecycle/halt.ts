import {setTimeout as delay} from 'node:timers/promises'
import {askGateway} from '../control/control-client.js'
import {removeLeftTable} from '../gateway/kernel-table.js'
import type {Home} from './home.js'
import {gatewayLife, isAlive, removePidFile} from './pid-file.js'

/** `left` says what of a killed gateway's could not be taken away. */
export type Halted =
  | {readonly type: 'stopped'; readonly pid: number}
  /** It had to be killed: it did not end by itself. */
  | {readonly type: 'killed'; readonly pid: number; readonly left?: string}
  /** It had been killed before; its pid file was removed. */
  | {readonly type: 'cleaned'; readonly pid: number; readonly left?: string}
  | {readonly type: 'not-running'}

const PATIENCE_MS = 15_000
const POLL_MS = 20

/** Ends the gateway process: asks, waits, kills. Resolves when it is gone. */
export async function haltGateway(home: Home): Promise<Halted> {
  const life = gatewayLife(home.pidFile)
  if (life.type === 'stopped') return {type: 'not-running'}
  if (life.type === 'stale') {
    removePidFile(home.pidFile)
    return {type: 'cleaned', pid: life.pid, ...(await leftOf(home))}
  }
  await askGateway(home.socket, 'stop').catch(() => process.kill(life.pid, 'SIGTERM')) // no answer: a signal reaches it all the same
  if (await isGone(life.pid, PATIENCE_MS)) return {type: 'stopped', pid: life.pid}
  process.kill(life.pid, 'SIGKILL')
  await isGone(life.pid, PATIENCE_MS)
  removePidFile(home.pidFile)
  return {type: 'killed', pid: life.pid, ...(await leftOf(home))}
}

async function leftOf(home: Home): Promise<{readonly left?: string}> {
  const left = await removeLeftTable(home)
  return left === undefined ? {} : {left}
}

/** The process itself, not its pid file, which goes a little earlier. */
async function isGone(pid: number, patienceMs: number): Promise<boolean> {
  const deadline = Date.now() + patienceMs
  while (isAlive(pid)) {
    if (Date.now() > deadline) return false
    await delay(POLL_MS)
  }
  return true
}
