import {mkdir, rename, writeFile} from 'node:fs/promises'
import path from 'node:path'

/** Puts an executable `nc` into `directory` that runs a program, with the arguments of `nc` behind its own. Atomic: it may be in use by others. */
export async function writeNcShim(directory: string, words: readonly string[]): Promise<void> {
  await mkdir(directory, {recursive: true, mode: 0o700})
  const draft = path.join(directory, `.nc-${process.pid}`)
  await writeFile(draft, `#!/bin/sh\nexec ${words.map(shellQuote).join(' ')} "$@"\n`, {mode: 0o700})
  await rename(draft, path.join(directory, 'nc'))
}

function shellQuote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}
