import {spawn} from 'node:child_process'
import {UserError} from '../../base/user-error.js'

/** The editor the user wants, as words. Source: kubectl `util/editor/editor.go`. */
export function editorOf(env: NodeJS.ProcessEnv, platform: NodeJS.Platform = process.platform): readonly string[] {
  const wanted = env['KUBE_EDITOR'] || env['EDITOR'] || (platform === 'win32' ? 'notepad' : 'vi')
  return wanted.split(' ').filter((word) => word !== '')
}

/**
 * Has the user edit the file and resolves when the editor has ended. A command line with quotes in it is for the user's own shell, to which
 * the file's name is handed as an argument; other ones are started as they are. Throws kubectl's UserError where the editor cannot be started or fails.
 */
export async function runEditor(file: string, env: NodeJS.ProcessEnv = process.env): Promise<void> {
  const words = editorOf(env)
  const text = words.join(' ')
  const needsShell = /["'\\]/.test(text)
  const [program = 'vi', ...rest] = needsShell ? [env['SHELL'] || '/bin/sh', '-c', `${text} "$0"`] : words
  const child = spawn(program, [...rest, file], {stdio: 'inherit', env})
  const outcome = await new Promise<{readonly code: number | null} | {readonly error: NodeJS.ErrnoException}>((resolve) => {
    child.once('error', (error) => resolve({error}))
    child.once('close', (code) => resolve({code}))
  })
  if ('error' in outcome) {
    throw new UserError(`unable to launch the editor ${JSON.stringify(text)}`, {hint: 'name another with KUBE_EDITOR or EDITOR', cause: outcome.error})
  }
  if (outcome.code !== 0) throw new UserError(`there was a problem with the editor ${JSON.stringify(text)}`)
}
