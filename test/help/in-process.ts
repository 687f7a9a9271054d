import path from 'node:path'
import {Config, run, settings} from '@oclif/core'
import {normalizeArgv} from '../../src/cli/command-line/argv.js'
import type {Ran} from './sandbox.js'

const root = path.resolve(import.meta.dirname, '../..')
let loaded: Promise<Config> | undefined

/** Runs one command of the built CLI in this process, which takes milliseconds. Not for commands that start processes or read standard input. */
export async function runInProcess(words: readonly string[]): Promise<Ran> {
  settings.enableAutoTranspile = false
  process.env['NODE_ENV'] = 'production' // oclif warns in tests of what it does not say to users
  loaded ??= Config.load({root, devPlugins: false, userPlugins: false})
  const written = {stdout: '', stderr: ''}
  const restore = (['stdout', 'stderr'] as const).map((name) => capture(name, (text) => (written[name] += text)))
  process.exitCode = undefined
  try {
    await run(normalizeArgv(words), await loaded)
    return {...written, code: Number(process.exitCode ?? 0)}
  } finally {
    for (const undo of restore) undo()
    process.exitCode = undefined
  }
}

function capture(name: 'stdout' | 'stderr', take: (text: string) => void): () => void {
  const stream = process[name]
  const {write} = stream
  stream.write = (chunk: string | Uint8Array) => {
    take(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString())
    return true
  }
  return () => {
    stream.write = write
  }
}
