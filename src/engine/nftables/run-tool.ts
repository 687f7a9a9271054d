import {type ChildProcessWithoutNullStreams, spawn} from 'node:child_process'

/** A tool said no, or nothing: its name and arguments, and what it said. */
export class ToolError extends Error {
  constructor(
    readonly command: string,
    readonly said: string,
  ) {
    super(`${command}: ${said}`)
  }
}

export interface ToolLimits {
  /** A tool that hangs must not stop what waits for it for ever; nft takes two seconds for ten thousand endpoints. */
  readonly patienceMs: number
  /** More than all counters of as many endpoints as there can be. */
  readonly mostBytes: number
}

const LIMITS: ToolLimits = {patienceMs: 30_000, mostBytes: 2 ** 28}

/** Where administrators' tools lie, also for users whose PATH does not say so. */
const PATH = `${process.env['PATH'] ?? ''}:/usr/local/sbin:/usr/sbin:/sbin`

/**
 * Runs a program, without a shell, and returns what it printed. Rejects with a ToolError where it is not there, ends with another code than 0, prints too
 * much or takes too long: then it is killed, and whether it has done its work is not known.
 */
export async function runTool(
  name: string,
  args: readonly string[],
  {input = '', ...given}: Partial<ToolLimits> & {readonly input?: string} = {},
): Promise<string> {
  const command = [name, ...args].join(' ')
  const child = spawn(name, args, {env: {...process.env, PATH, LC_ALL: 'C'}, stdio: 'pipe'})
  try {
    return await outputOf(child, {...LIMITS, ...given}, input)
  } catch (error) {
    if (typeof error === 'string') throw new ToolError(command, error)
    const {code} = error as NodeJS.ErrnoException
    if (code === 'ENOENT') throw new ToolError(command, 'is not installed')
    if (code === 'EACCES') throw new ToolError(command, 'may not be run')
    throw error
  }
}

/** Rejects with a string where the tool is to blame. */
function outputOf(child: ChildProcessWithoutNullStreams, {patienceMs, mostBytes}: ToolLimits, input: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const giveUp = (why: string) => {
      child.kill('SIGKILL')
      reject(why)
    }
    const timer = setTimeout(() => giveUp(`has not ended in ${patienceMs / 1000} s`), patienceMs)
    const collect = (stream: NodeJS.ReadableStream) => {
      const chunks: Buffer[] = []
      let bytes = 0
      stream.on('data', (chunk: Buffer) => ((bytes += chunk.length) > mostBytes ? giveUp(`has printed more than ${mostBytes} bytes`) : chunks.push(chunk)))
      return () => Buffer.concat(chunks).toString()
    }
    const [out, err] = [collect(child.stdout), collect(child.stderr)]
    child.stdin.on('error', () => undefined) // it ended before it had read everything: its exit code says why
    child.stdin.end(input)
    child.once('error', reject)
    child.once('close', (code, signal) => {
      clearTimeout(timer)
      if (code === 0) resolve(out())
      else reject(err().trim().split('\n', 3).join('; ') || `ended with ${signal ?? code}`)
    })
  })
}
