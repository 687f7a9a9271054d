import {readFileSync} from 'node:fs'
import path from 'node:path'

/** A command that was run with kubectl 1.35.2, and all it printed (stdout and stderr together). */
export interface Captured {
  readonly command: string
  readonly output: string
  readonly exitCode: number
}

/** Reads `captures.txt`: `$ command`, what it printed, `[exit N]` where N is not 0. Manifests shown between the commands are in `manifests/`. */
export function capturedCommands(): readonly Captured[] {
  const text = readFileSync(path.join(import.meta.dirname, 'captures.txt'), 'utf8').replace(/^--- \S+\.yaml:\n[^]*?(?=^\$ )/gm, '')
  return text
    .split(/^\$ /m)
    .slice(1)
    .map((block) => {
      const end = block.indexOf('\n')
      const [, output = '', exit] = /^([^]*?)(?:\[exit (\d+)\]\n)?\n*$/.exec(block.slice(end + 1)) ?? []
      return {command: quote(block.slice(0, end)), output, exitCode: Number(exit ?? 0)}
    })
}

/** The captures lost the shell's quotes. */
function quote(command: string): string {
  return command.replace(/(?<=-p )(\S+)$/, `'$1'`).replace(/(?<=sh -c )(.+)$/, `'$1'`).replace(/^kubectl/, 'tshift')
}
