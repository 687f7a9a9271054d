import {mkdir, rename, writeFile} from 'node:fs/promises'
import path from 'node:path'
import {entryFile} from './entry-file.js'

/** Puts an executable `nc` into `directory`, ours, for machines that have none. Atomic: it may be in use by others. */
export async function writeNcShim(directory: string, entry = entryFile('nc-main')): Promise<void> {
  await mkdir(directory, {recursive: true, mode: 0o700})
  const draft = path.join(directory, `.nc-${process.pid}`)
  await writeFile(draft, `#!/bin/sh\nexec ${shellQuote(process.execPath)} ${shellQuote(entry)} "$@"\n`, {mode: 0o700})
  await rename(draft, path.join(directory, 'nc'))
}

function shellQuote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}
