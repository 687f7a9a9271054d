import type {ChildProcess} from 'node:child_process'
import {once} from 'node:events'
import {constants} from 'node:os'
import {captureLines} from '../logs/capture-lines.js'
import {killGroup} from '../processes/kill-group.js'
import {unattended, type ContainerExit, type RunningContainer} from './runtime.js'

/** How long the output of an ended process is waited for. A descendant that left the process group may hold the pipe open for ever. */
const LAST_OUTPUT_MS = 1000

/**
 * A container whose main process is `child`, the leader of its own process group (`detached`) with stdout and stderr piped.
 * When the main process ends, what is left of its group is killed, as the end of a pod's PID namespace would.
 * Rejects with the system error where the process could not be spawned.
 */
export async function childContainer(child: ChildProcess, log: (line: string) => void): Promise<Omit<RunningContainer, 'ready' | 'execPrefix'>> {
  // Where no descriptor is free there are no streams at all, beyond what their types say.
  for (const output of [child.stdout, child.stderr]) if (output) captureLines(output, log)
  const exited = exit(child)
  await once(child, 'spawn')
  child.on('error', () => {}) // a signal or message that came too late; `exited` tells the end

  async function stop(graceMs: number): Promise<ContainerExit> {
    signalGroup(child, 'SIGTERM')
    const killing = setTimeout(() => signalGroup(child, 'SIGKILL'), graceMs)
    try {
      return await exited
    } finally {
      clearTimeout(killing)
    }
  }

  return {...unattended, pid: child.pid, exited, stop}
}

function exit(child: ChildProcess): Promise<ContainerExit> {
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => {
      killRest(child)
      const end = signal === null ? {exitCode: code ?? 0} : {exitCode: 128 + constants.signals[signal], signal}
      const giveUp = setTimeout(() => {
        child.stdout?.destroy()
        child.stderr?.destroy()
      }, LAST_OUTPUT_MS)
      child.once('close', () => {
        clearTimeout(giveUp)
        resolve(end)
      })
    })
  })
}

/** Does nothing once the main process has been reaped: its id may be another's by then. */
function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.exitCode === null && child.signalCode === null) killGroup(child.pid, signal)
}

/** Called in the turn in which the main process was reaped, before its id can have gone round. */
function killRest(child: ChildProcess): void {
  killGroup(child.pid, 'SIGKILL')
}
