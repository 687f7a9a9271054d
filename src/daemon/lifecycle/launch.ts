import {fork} from 'node:child_process'
import {closeSync, mkdirSync, openSync} from 'node:fs'
import {UserError} from '../../base/user-error.js'
import type {Home} from './home.js'
import {setAsideIfFull} from './rotating-log.js'

/** What the process tells the one that launched it, once. */
export type LaunchReport =
  | {readonly type: 'ready'; readonly pid: number}
  | {readonly type: 'failed'; readonly message: string; readonly hint?: string}

const READY_TIMEOUT_MS = 30_000

/**
 * Starts `entry args` as a process of its own and resolves with its pid once it says it is ready. What it prints, as Node does when it crashes, goes to
 * the home's log; what it has to log it writes there itself, so that the log can be rotated under it.
 * Throws a UserError with its reason where it does not get ready.
 */
export async function launchGateway(home: Home, entry: string, args: readonly string[]): Promise<number> {
  mkdirSync(home.directory, {recursive: true, mode: 0o700})
  setAsideIfFull(home.log)
  const log = openSync(home.log, 'a', 0o600)
  const child = fork(entry, args, {detached: true, stdio: ['ignore', log, log, 'ipc'], env: {...process.env, TSHIFT_HOME: home.directory}})
  closeSync(log)
  let timer: NodeJS.Timeout | undefined
  const giveUp = () => child.kill('SIGTERM')
  process.once('SIGINT', giveUp)
  try {
    const report = await new Promise<LaunchReport>((resolve, reject) => {
      child.once('message', (message) => resolve(message as LaunchReport))
      child.once('error', reject)
      child.once('exit', (code, signal) =>
        resolve({type: 'failed', message: `the gateway process ended before it was ready (${signal ?? `exit code ${code}`})`}),
      )
      timer = setTimeout(() => resolve({type: 'failed', message: `the gateway was not ready within ${READY_TIMEOUT_MS / 1000} s`}), READY_TIMEOUT_MS)
    })
    if (report.type === 'ready') return report.pid
    child.kill('SIGTERM')
    throw new UserError(report.message, {hint: report.hint ?? `see ${home.log}`})
  } finally {
    clearTimeout(timer)
    process.off('SIGINT', giveUp)
    child.removeAllListeners()
    if (child.connected) child.disconnect()
    child.unref()
  }
}
