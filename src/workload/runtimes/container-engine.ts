import {execFile} from 'node:child_process'
import {promisify} from 'node:util'

const CANDIDATES = ['docker', 'podman'] as const

/** `auto`: the first that answers. */
export const ENGINE_CHOICES = ['auto', 'none', ...CANDIDATES] as const
export type EngineChoice = (typeof ENGINE_CHOICES)[number]

/** An engine that takes longer to say that it is there is not. */
const PATIENCE_MS = 5000

const run = promisify(execFile)

/** The program of the container engine to use; undefined where none answers or none is wanted. */
export async function findContainerEngine(choice: EngineChoice): Promise<string | undefined> {
  if (choice === 'none') return undefined
  for (const program of choice === 'auto' ? CANDIDATES : [choice]) {
    if (await answers(program)) return program
  }
  return undefined
}

/** The program may be there without its daemon. What `info` and `version` can say differs from engine to engine; their containers all list. */
async function answers(program: string): Promise<boolean> {
  try {
    await run(program, ['ps', '--quiet'], {timeout: PATIENCE_MS})
    return true
  } catch {
    return false // not installed, no daemon, no permission: all the same to us
  }
}
