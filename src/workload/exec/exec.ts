import {spawn, type ChildProcess, type StdioNull, type StdioPipe} from 'node:child_process'
import path from 'node:path'
import type {Readable, Writable} from 'node:stream'
import {ReadStream} from 'node:tty'
import {UserError} from '../../base/user-error.js'
import {findExecutable} from './find-executable.js'
import {hostEnvironment} from './host-environment.js'
import {killGroup} from '../processes/kill-group.js'
import {writeNcShim} from '../nc/nc-shim.js'
import {guardGroup} from '../processes/parent-guard.js'
import {runOnTerminal, signalCode} from './terminal.js'

export interface ExecOptions extends Streams {
  /** The program and its arguments, as typed by the user. */
  readonly argv: readonly string[]
  /** The container's environment. */
  readonly env: Readonly<Record<string, string>>
  /** The `nc` that comes before the machine's: where it is put, and what it runs. */
  readonly nc: {readonly directory: string; readonly words: readonly string[]}
}

/** What a program is connected to, and how it is ended. */
interface Streams {
  /** Undefined where nothing is passed on (no `-i`). */
  readonly stdin: Readable | undefined
  readonly stdout: Writable
  readonly stderr: Writable
  /** Gives the program a pseudo-terminal where stdin is a terminal. */
  readonly tty?: boolean
  /** Ends the command, and all it started, with TERM. */
  readonly signal?: AbortSignal
  /** Ends them with KILL. */
  readonly kill?: AbortSignal
  /** The program ends when this process does, however that comes. */
  readonly guarded?: boolean
  /** This machine's environment. */
  readonly host?: NodeJS.ProcessEnv
}

/**
 * Runs a program of this machine with a container's environment, found in this machine's PATH, and resolves to its exit code: 128 + signal where one ended it.
 * Files and pipes are handed over as they are. A terminal is not: without `tty` the program sees pipes, as in a container.
 * Throws a UserError in the words of kubectl with containerd where there is no such program.
 */
export async function execInPod(options: ExecOptions): Promise<number> {
  const {argv, nc, host = process.env} = options
  const [program = '', ...args] = argv
  await writeNcShim(nc.directory, nc.words)
  const searchPath = [nc.directory, host['PATH'] ?? ''].filter((part) => part !== '').join(path.delimiter)
  const file = await findExecutable(program, searchPath)
  if (file === undefined) throw notFound(program)
  const env = {...hostEnvironment(host), ...options.env, PATH: searchPath} // the container's own PATH speaks of another file system
  return run({file, argv0: program, args, env}, options)
}

/**
 * Runs a command in the container of a container engine, whose own words for that `prefix` is: its last one names the container. Else as `execInPod`, but that
 * programs are looked for in the container, and an absent one is an exit code. The engine's client is configured by this machine's environment.
 */
export async function execInEngine(prefix: readonly string[], options: Streams & {readonly argv: readonly string[]}): Promise<number> {
  const {argv, stdin, tty = false, host = process.env} = options
  const [program = '', ...words] = prefix
  const flags = [...(stdin === undefined ? [] : ['--interactive']), ...(tty && stdin instanceof ReadStream ? ['--tty'] : [])]
  const args = [...words.slice(0, -1), ...flags, ...words.slice(-1), ...argv]
  const file = await findExecutable(program, host['PATH'] ?? '')
  if (file === undefined) throw new UserError(`${program} is not to be found in the PATH`, {hint: 'it runs the container: the PATH of the gateway had it'})
  return run({file, argv0: program, args, env: host}, options)
}

function run({file, args, env, ...more}: Program, options: Streams): Promise<number> {
  const {tty = false, stdin, stdout, signal, kill} = options
  if (tty && stdin instanceof ReadStream) return runOnTerminal({file, args, env: present(env)}, {stdin, stdout}, {signal, kill})
  return runOnPipes({file, args, env, ...more}, options)
}

function present(env: NodeJS.ProcessEnv): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined))
}

interface Program {
  readonly file: string
  readonly argv0: string
  readonly args: readonly string[]
  readonly env: NodeJS.ProcessEnv
}

/** In a process group of its own, so that its descendants can be ended with it. */
async function runOnPipes({file, argv0, args, env}: Program, {stdin, stdout, stderr, signal, kill, guarded = false}: Streams): Promise<number> {
  const stdio = [stdin === undefined ? 'ignore' : handle(stdin), handle(stdout), handle(stderr)] as const
  const child = spawn(file, args, {argv0, env, stdio: [...stdio], detached: true})
  const end = () => killGroup(child.pid, 'SIGTERM')
  const endAtOnce = () => killGroup(child.pid, 'SIGKILL')
  signal?.addEventListener('abort', end)
  kill?.addEventListener('abort', endAtOnce)
  if (signal?.aborted === true) end()
  const guard = guarded && child.pid !== undefined ? guardGroup(child.pid) : undefined // on a terminal its hanging up does the same
  if (child.stdin !== null && stdin !== undefined) feed(stdin, child.stdin)
  child.stdout?.pipe(stdout, {end: false})
  child.stderr?.pipe(stderr, {end: false})
  try {
    return await exitCode(child)
  } finally {
    guard?.release()
    signal?.removeEventListener('abort', end)
    kill?.removeEventListener('abort', endAtOnce)
    if (child.stdin !== null) stdin?.unpipe(child.stdin).pause()
  }
}

function exitCode(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => resolve(signal === null ? (code ?? 1) : signalCode(signal)))
  })
}

/** The stream's own descriptor where it has one that is no terminal; everything else goes through a pipe. */
function handle(stream: Readable | Writable): number | StdioPipe | StdioNull {
  const {fd, isTTY} = stream as {readonly fd?: unknown; readonly isTTY?: boolean}
  return typeof fd === 'number' && isTTY !== true ? fd : 'pipe'
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
