import type {Writable} from 'node:stream'

/**
 * Ends the process with `error: write /dev/stdout: no space left on device` where output cannot be written; that its reader has gone is left to oclif,
 * which ends without a word. It has to listen before oclif does, which throws what it does not know. Source of the words: kubectl `cmdutil.CheckErr`.
 */
export function endWhereUnwritable(stream: Writable, say: (text: string) => void, exit: (code: number) => void): void {
  stream.prependListener('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') return
    const [, words = error.message] = /^[A-Z]+: (.*), write$/.exec(error.message) ?? []
    say(`error: write /dev/stdout: ${words}\n`)
    exit(1)
  })
}
