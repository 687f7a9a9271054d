import {spawn} from 'node:child_process'
import {constants} from 'node:os'
import {UserError} from '../../base/user-error.js'
import {hostEnvironment} from './host-environment.js'

/** Runs a command as if in a container; the signal kills it. Throws a UserError where it cannot be started. */
export type ContainerExec = (command: readonly string[], signal: AbortSignal) => Promise<ExecOutcome>

export interface ExecOutcome {
  /** 128 + signal number where a signal ended it. */
  readonly exitCode: number
  /** What it wrote on both streams, as far as it is kept. */
  readonly output: string
}

/** The kubelet keeps so much of a probe's output. */
const MAX_OUTPUT_BYTES = 10 * 1024
/** A descendant that left the group may hold the pipes open for ever. */
const LAST_OUTPUT_MS = 1000

/** Runs an argv of this machine, without a shell, with the container's variables; its whole group ends with the signal. */
export function runInContainer(command: readonly string[], env: Readonly<Record<string, string>>, signal: AbortSignal): Promise<ExecOutcome> {
  const [program = '', ...args] = command
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {env: {...hostEnvironment(process.env), ...env}, stdio: ['ignore', 'pipe', 'pipe'], detached: true})
    let output = ''
    const keep = (chunk: Buffer) => {
      if (output.length < MAX_OUTPUT_BYTES) output = (output + chunk.toString()).slice(0, MAX_OUTPUT_BYTES)
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    const kill = () => {
      if (child.pid !== undefined) killGroup(child.pid)
    }
    signal.addEventListener('abort', kill, {once: true})
    child.once('error', (cause: NodeJS.ErrnoException) => reject(cannotExec(program, cause)))
    child.once('exit', (code, ended) => {
      signal.removeEventListener('abort', kill)
      const giveUp = setTimeout(() => [child.stdout, child.stderr].forEach((stream) => stream.destroy()), LAST_OUTPUT_MS)
      child.once('close', () => {
        clearTimeout(giveUp)
        resolve({exitCode: ended === null ? (code ?? 0) : 128 + constants.signals[ended], output})
      })
    })
    if (signal.aborted) kill()
  })
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // it has ended in between
  }
}

function cannotExec(program: string, cause: NodeJS.ErrnoException): UserError {
  const why = cause.code === 'ENOENT' ? 'executable file not found in $PATH' : cause.message
  return new UserError(`failed to exec in container: unable to start container process: exec: ${JSON.stringify(program)}: ${why}`, {cause})
}
