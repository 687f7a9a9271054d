import {mkdir} from 'node:fs/promises'
import {UserError} from '../../base/user-error.js'
import {removeLeftTable} from '../gateway/kernel-table.js'
import {alreadyRunning} from './already-running.js'
import type {GatewayOptions} from './gateway-options.js'
import {claimPidFile, releasePidFile} from './pid-file.js'
import type {Undo} from './undo.js'

/** What the systems we run on allow, macOS the least. */
const MAX_SOCKET_PATH_BYTES = 103

/** Makes the home this process's alone: its pid file, and what a killed gateway left in the kernel. Throws a UserError where another gateway has it. */
export async function claimHome({home, log}: Pick<GatewayOptions, 'home' | 'log'>, undo: Undo): Promise<void> {
  await mkdir(home.directory, {recursive: true, mode: 0o700})
  if (Buffer.byteLength(home.socket) > MAX_SOCKET_PATH_BYTES) throw socketPathTooLong(home.socket)
  const before = claimPidFile(home.pidFile)
  if (before.type === 'running') throw alreadyRunning(before.pid)
  if (before.type === 'stale') log(`the gateway before (pid ${before.pid}) was killed: taking over`)
  undo.push(async () => releasePidFile(home.pidFile))
  const left = await removeLeftTable(home)
  if (left !== undefined) throw new UserError(left, {hint: 'they would lead connections past this gateway: remove them first'})
}

function socketPathTooLong(socket: string): UserError {
  return new UserError(`the path of the control socket is too long (${Buffer.byteLength(socket)} bytes): ${socket}`, {hint: 'choose a shorter TSHIFT_HOME'})
}
