import {execFile} from 'node:child_process'
import {mkdtemp, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import path from 'node:path'
import {promisify} from 'node:util'
import {copyFromPod, type Copied} from './copy.js'

const run = promisify(execFile)

/** A path in a container that a container engine runs. */
export interface EnginePath {
  /** What goes before a command to run it in there: `podman exec NAME`. */
  readonly execPrefix: readonly string[]
  readonly path: string
}

/** Copies from this side into the container: into a directory that is there, else to that name. Whatever fails is said in the engine's words. */
export async function copyToEngine(local: string, remote: EnginePath): Promise<Copied> {
  return copy(remote, path.resolve(local), placeOf(remote))
}

/** Copies from the container to this side by way of a directory in between, and from there by the rules of `copyFromPod`. */
export async function copyFromEngine(remote: EnginePath, local: string, names: {readonly shown: string; readonly command: string}): Promise<Copied> {
  const between = await mkdtemp(path.join(tmpdir(), 'tshift-cp-'))
  try {
    const file = path.join(between, 'copy')
    const copied = await copy(remote, placeOf(remote), file)
    return copied.code === 0 ? await copyFromPod({path: file, isOwn: true}, local, names) : copied
  } finally {
    await rm(between, {recursive: true, force: true})
  }
}

function placeOf({execPrefix, path: file}: EnginePath): string {
  return `${execPrefix.at(-1)}:${file}`
}

async function copy({execPrefix}: EnginePath, from: string, to: string): Promise<Copied> {
  const [program = ''] = execPrefix
  try {
    await run(program, ['cp', from, to])
    return {code: 0, said: []}
  } catch (error) {
    const {stderr = '', message} = error as {readonly stderr?: string; readonly message: string}
    return {code: 1, said: (stderr.trim() || message).split('\n')}
  }
}
