import {spawnSync} from 'node:child_process'
import {constants} from 'node:os'
import type {Writable} from 'node:stream'
import type {ReadStream} from 'node:tty'
import {spawnOnPty, type PtyProgram} from './pty.js'

/** The user's terminal: what is typed, and where it is shown. */
export interface Terminal {
  readonly stdin: ReadStream
  readonly stdout: Writable & {readonly columns?: number; readonly rows?: number}
}

export interface Ends {
  /** Ends the program as a terminal that is closed does. */
  readonly signal?: AbortSignal | undefined
  /** Ends it with KILL. */
  readonly kill?: AbortSignal | undefined
}

const DEFAULT_SIZE = {columns: 80, rows: 24}

/**
 * Runs a program on a pseudo-terminal that the user's terminal shows: keys go to it as they are (Ctrl-C too), and it follows the size of the window.
 * Resolves to the exit code, 128 + signal where one ended it. The user's terminal is left as it was found.
 */
export async function runOnTerminal(program: Omit<PtyProgram, 'columns' | 'rows'>, {stdin, stdout}: Terminal, {signal, kill}: Ends = {}): Promise<number> {
  const size = () => ({columns: stdout.columns ?? DEFAULT_SIZE.columns, rows: stdout.rows ?? DEFAULT_SIZE.rows})
  const pty = await spawnOnPty({...program, ...size()})
  const resize = () => pty.resize(size().columns, size().rows)
  const type = (keys: string) => pty.write(keys)
  const show = (bytes: Buffer) => {
    if (stdout.write(bytes)) return
    pty.pause()
    stdout.once('drain', () => pty.resume())
  }
  const end = () => pty.kill('SIGHUP')
  const endAtOnce = () => pty.kill('SIGKILL')

  beRaw(stdin)
  stdin.setEncoding('utf8').on('data', type)
  stdout.on('resize', resize)
  signal?.addEventListener('abort', end)
  kill?.addEventListener('abort', endAtOnce)
  pty.onData((data) => show(data as unknown as Buffer)) // bytes, since no encoding was asked for
  try {
    return await new Promise((resolve) => pty.onExit(({exitCode, signal: number = 0}) => resolve(number === 0 ? exitCode : 128 + number)))
  } finally {
    signal?.removeEventListener('abort', end)
    kill?.removeEventListener('abort', endAtOnce)
    stdout.off('resize', resize)
    stdin.off('data', type).setRawMode(false).pause()
  }
}

/** Node leaves the terminal to turn LF into CRLF; the pseudo-terminal has done so where it is wanted, and full-screen programs do not want it. */
function beRaw(stdin: ReadStream): void {
  stdin.setRawMode(true)
  spawnSync('stty', ['-opost'], {stdio: [stdin, 'ignore', 'ignore']}) // a machine without stty shows an idle CR
}

/** The exit code a shell gives to a program that a signal ended. */
export function signalCode(signal: NodeJS.Signals): number {
  return 128 + constants.signals[signal]
}
