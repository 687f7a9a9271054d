import {execFile} from 'node:child_process'
import {stat} from 'node:fs/promises'
import path from 'node:path'
import {promisify} from 'node:util'
import {UserError} from '../../base/user-error.js'

const FILES = ['kustomization.yaml', 'kustomization.yml', 'Kustomization']
const PROGRAMS = [
  {program: 'kustomize', verb: 'build'},
  {program: 'kubectl', verb: 'kustomize'},
] as const
const MAX_BYTES = 64 * 1024 * 1024
/** Set for the programs that are started, so that a `kubectl` that is tshift itself does not start itself for ever. */
const GUARD = 'TSHIFT_KUSTOMIZING'

/**
 * What kustomize makes of a directory: kustomize's own program does it, or a kubectl that has it built in. Throws a UserError where neither
 * is there, where there is no kustomization, or with what the program says. `flags` are the program's own.
 */
export async function buildKustomization(directory: string, env: NodeJS.ProcessEnv = process.env, flags: readonly string[] = []): Promise<string> {
  if (!isRemote(directory)) await requireKustomization(directory)
  if (env[GUARD] === undefined) {
    for (const {program, verb} of PROGRAMS) {
      const built = await build(program, [verb, directory, ...flags], {...env, [GUARD]: '1'})
      if (built !== undefined) return built
    }
  }
  throw new UserError('directories with a kustomization need a program that tshift does not bring: neither kustomize nor kubectl is on the PATH', {
    hint: `install one of them, or build elsewhere: 'kustomize build ${directory}' prints what -f - takes`,
  })
}

function isRemote(directory: string): boolean {
  return /^[a-z]+:\/\/|^git@|^github\.com\//.test(directory)
}

async function requireKustomization(directory: string): Promise<void> {
  const found = await Promise.all(FILES.map((file) => stat(path.join(directory, file)).then(() => true, () => false)))
  if (found.includes(true)) return
  const isThere = await stat(directory).then(
    (info) => info.isDirectory(),
    () => false,
  )
  if (!isThere) {
    throw new UserError(
      `must build at directory: not a valid directory: evalsymlink failure on '${directory}' : lstat ${path.resolve(directory)}: no such file or directory`,
    )
  }
  throw new UserError(`unable to find one of 'kustomization.yaml', 'kustomization.yml' or 'Kustomization' in directory '${path.resolve(directory)}'`)
}

/** undefined where there is no such program. */
async function build(program: string, argv: readonly string[], env: NodeJS.ProcessEnv): Promise<string | undefined> {
  try {
    const {stdout} = await promisify(execFile)(program, argv, {env, maxBuffer: MAX_BYTES})
    return stdout
  } catch (error) {
    const {code, stderr, message} = error as NodeJS.ErrnoException & {stderr?: string}
    if (code === 'ENOENT') return undefined
    const said = (stderr ?? '').trim().replace(/^error: /i, '')
    throw new UserError(said === '' ? `${program} ${argv.join(' ')} failed: ${message}` : said, {cause: error})
  }
}
