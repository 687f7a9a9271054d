import {mkdirSync, readFileSync, renameSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {UserError} from '../../base/user-error.js'
import {homeOf} from '../../daemon/lifecycle/home.js'
import {FIRST_CONTEXTS, namespaceIn, type Contexts} from './contexts.js'

/** The contexts of this home. Throws a UserError where the file cannot be read as what `writeContexts` wrote. */
export function readContexts(env: NodeJS.ProcessEnv = process.env): Contexts {
  const file = contextFile(env)
  const text = readIfThere(file)
  if (text === undefined) return FIRST_CONTEXTS
  try {
    const {current, contexts} = JSON.parse(text) as Contexts
    if (typeof current === 'string' && Array.isArray(contexts)) return {current, contexts}
  } catch {
    // said below, as for a file of another shape
  }
  throw new UserError(`${file} does not hold contexts`, {hint: 'mend it, or remove it to begin anew'})
}

/** Replaces the file as a whole, so that nobody ever reads half of it. */
export function writeContexts(contexts: Contexts, env: NodeJS.ProcessEnv = process.env): void {
  const file = contextFile(env)
  mkdirSync(path.dirname(file), {recursive: true, mode: 0o700})
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, `${JSON.stringify(contexts, undefined, 2)}\n`, {mode: 0o600})
  renameSync(draft, file)
}

/** The namespace of requests that name none: the current context's, else `default`. */
export function currentNamespace(env: NodeJS.ProcessEnv = process.env): string {
  return namespaceIn(readContexts(env))
}

/** Where contexts are kept, in the home that the environment names. */
export function contextFile(env: NodeJS.ProcessEnv = process.env): string {
  return path.join(homeOf(env).directory, 'contexts.json')
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
