import {spawn, type ChildProcess, type StdioNull, type StdioPipe} from 'node:child_process'
import {constants} from 'node:os'
import path from 'node:path'
import type {Readable, Writable} from 'node:stream'
import {UserError} from '../base/user-error.js'
import {findExecutable} from './find-executable.js'
import {hostEnvironment} from './host-environment.js'
import {writeNcShim} from './nc-shim.js'

export interface ExecOptions {
  /** The program and its arguments, as typed by the user. */
  readonly argv: readonly string[]
  /** The container's environment. */
  readonly env: Readonly<Record<string, string>>
  /** Where an `nc` of ours may be put when the machine has none. */
  readonly shimDirectory: string
  /** Undefined where nothing is passed on (no `-i`). */
  readonly stdin: Readable | undefined
  readonly stdout: Writable
  readonly stderr: Writable
  /** Ends the command with TERM. */
  readonly signal?: AbortSignal
  /** This machine's environment. */
  readonly host?: NodeJS.ProcessEnv
  /** The compiled entry of our `nc`. */
  readonly ncEntry?: string
}

/**
 * Runs a program of this machine with a container's environment, found in this machine's PATH, and resolves to its exit code: 128 + signal where one ended it.
 * Streams that are files or terminals are handed over as they are, so a program on a terminal has a terminal.
 * Throws a UserError in the words of kubectl with containerd where there is no such program.
 */
export async function execInPod(options: ExecOptions): Promise<number> {
  const {argv, stdin, stdout, stderr, signal, host = process.env} = options
  const [program = '', ...args] = argv
  const searchPath = await pathWithNc(options, host['PATH'] ?? '')
  const file = await findExecutable(program, searchPath)
  if (file === undefined) throw notFound(program)

  const child = spawn(file, args, {
    argv0: program,
    env: {...hostEnvironment(host), ...options.env, PATH: searchPath}, // the container's own PATH speaks of another file system
    stdio: [stdin === undefined ? 'ignore' : handle(stdin), handle(stdout), handle(stderr)],
    ...(signal === undefined ? {} : {signal}),
  })
  if (child.stdin !== null && stdin !== undefined) feed(stdin, child.stdin)
  child.stdout?.pipe(stdout, {end: false})
  child.stderr?.pipe(stderr, {end: false})
  try {
    return await exitCode(child)
  } finally {
    if (child.stdin !== null) stdin?.unpipe(child.stdin)
  }
}

function exitCode(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.on('error', (error) => {
      if (error.name !== 'AbortError') reject(error) // after an abort the process is ending, and `close` follows
    })
    child.on('close', (code, signal) => resolve(signal === null ? (code ?? 1) : 128 + constants.signals[signal]))
  })
}

async function pathWithNc({shimDirectory, ncEntry}: ExecOptions, searchPath: string): Promise<string> {
  if ((await findExecutable('nc', searchPath)) !== undefined) return searchPath
  await writeNcShim(shimDirectory, ncEntry)
  return [searchPath, shimDirectory].filter((part) => part !== '').join(path.delimiter)
}

/** The stream's own descriptor where it has one; everything else goes through a pipe. */
function handle(stream: Readable | Writable): number | StdioPipe | StdioNull {
  const {fd} = stream as {readonly fd?: unknown}
  return typeof fd === 'number' ? fd : 'pipe'
}

function feed(from: Readable, to: Writable): void {
  to.on('error', () => {}) // the program does not want the rest: its own business
  from.pipe(to)
}

function notFound(program: string): UserError {
  const why = program.includes('/') ? `stat ${program}: no such file or directory` : 'executable file not found in $PATH'
  return new UserError(
    'Internal error occurred: error executing command in container: failed to exec in container: OCI runtime exec failed: exec failed: ' +
      `unable to start container process: exec: "${program}": ${why}`,
    {hint: 'exec runs programs of this machine: install it here, or use one that is here'},
  )
}
