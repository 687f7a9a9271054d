import {isPidFileLost} from './pid-file.js'

const POLL_MS = 1000

/** Calls `lost` once the pid file is no longer this process's: somebody removed the home under it. Polls, as watches of a removed directory differ. */
export function watchPidFile(file: string, lost: () => void, pollMs = POLL_MS): {close(): void} {
  const timer = setInterval(() => {
    if (!isPidFileLost(file, process.pid)) return
    clearInterval(timer)
    lost()
  }, pollMs)
  return {close: () => clearInterval(timer)}
}
