import {spawn, type SpawnOptions} from 'node:child_process'
import {stat} from 'node:fs/promises'
import {expand} from '../../api/expansion.js'
import {UserError} from '../../base/user-error.js'
import {childContainer} from './child-container.js'
import {parseCommandWords} from './command-words.js'
import {ContainerError} from './container-error.js'
import {hostEnvironment} from '../exec/host-environment.js'
import {guardGroup} from '../processes/parent-guard.js'
import {podVariables} from './pod-variables.js'
import type {ContainerSpec, Runtime} from './runtime.js'
import {spawning} from './spawning.js'
import {waitForPorts} from './wait-for-ports.js'

export interface HostRuntimeOptions {
  /** What to run instead of the container's own command and args, as the user wrote it in the annotation. */
  readonly command?: string | undefined
  /** Where it runs; by default where we run. */
  readonly cwd?: string
  readonly env?: NodeJS.ProcessEnv
}

/**
 * Runs a program of this machine as the container, without a shell. It is the caller's to make sure that the user allowed it.
 * The program finds its pod's address in POD_IP and the port to listen on in PORT (the first one the pod declares); `$(NAME)` in the annotation's
 * command stands for a variable.
 */
export function hostRuntime({command, cwd = process.cwd(), env = process.env}: HostRuntimeOptions = {}): Runtime {
  return {
    runs: () => true,
    readsFiles: true,
    async start(container, log) {
      const variables = {...hostEnvironment(env), ...podVariables(container), ...container.env}
      await requireDirectory(cwd)
      const [program, ...args] = command === undefined ? ownWords(container) : parseCommandWords(command).map((word) => expand(word, variables))
      const options: SpawnOptions = {cwd, env: variables, stdio: ['ignore', 'pipe', 'pipe'], detached: true}
      const running = await spawning(program ?? '', async () => childContainer(spawn(program ?? '', args, options), log))
      return {...running, execPrefix: [], ready: guarded(container, running)}
    },
  }
}

function ownWords({image, command, args}: ContainerSpec): readonly string[] {
  if (command.length > 0) return [...command, ...args]
  const wayOut = 'give the container a command, or the pod template the annotation tshift.dev/command'
  throw new UserError(`Failed to pull image "${image}": its entry point is unknown without the image; ${wayOut}`)
}

/** A spawn in a directory that is not there fails as if the program were not. */
async function requireDirectory(directory: string): Promise<void> {
  const found = await stat(directory).catch(() => undefined) // why it cannot be looked at makes no difference
  if (found?.isDirectory() === true) return
  const why = `the working directory ${directory} is not there (annotation tshift.dev/workdir)`
  throw new ContainerError('RunContainerError', `failed to start the container: ${why}`)
}

/** Ready when its ports answer. Sees to it that neither the program outlives us nor our waiting the program. */
async function guarded(container: ContainerSpec, {pid, exited}: {readonly pid: number | undefined; readonly exited: Promise<unknown>}): Promise<void> {
  const guard = pid === undefined ? undefined : guardGroup(pid)
  const over = new AbortController()
  void exited.then(() => {
    over.abort()
    guard?.release()
  })
  const ports = container.ports.map((port) => container.hostPort(port))
  await waitForPorts(container.address, ports, over.signal)
}
