import {spawn} from 'node:child_process'
import {once} from 'node:events'

/** A tool said no: its name and arguments, and what it said. */
export class ToolError extends Error {
  constructor(
    readonly command: string,
    readonly said: string,
  ) {
    super(`${command}: ${said}`)
  }
}

/** Where administrators' tools lie, also for users whose PATH does not say so. */
const PATH = `${process.env['PATH'] ?? ''}:/usr/local/sbin:/usr/sbin:/sbin`

/** Runs a program, without a shell, and returns what it printed. Rejects with a ToolError where it is not there or ends with another code than 0. */
export async function runTool(name: string, args: readonly string[], input = ''): Promise<string> {
  const command = [name, ...args].join(' ')
  const child = spawn(name, args, {env: {...process.env, PATH, LC_ALL: 'C'}, stdio: 'pipe'})
  const [out, err] = [collect(child.stdout), collect(child.stderr)]
  child.stdin.on('error', () => undefined) // it ended before it had read everything: its exit code says why
  child.stdin.end(input)
  try {
    const [code, signal] = (await once(child, 'close')) as [number | null, string | null]
    if (code === 0) return out()
    throw new ToolError(command, err().trim().split('\n', 3).join('; ') || `ended with ${signal ?? code}`)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw new ToolError(command, 'is not installed')
    throw error
  }
}

function collect(stream: NodeJS.ReadableStream): () => string {
  const chunks: Buffer[] = []
  stream.on('data', (chunk: Buffer) => chunks.push(chunk))
  return () => Buffer.concat(chunks).toString()
}
