import {spawn} from 'node:child_process'
import {childContainer} from './child-container.js'
import {ContainerError} from './container-error.js'
import {begun, createContainer, pullImage, removeContainer, stopContainer} from './engine-calls.js'
import {guardGroup, guardWith} from '../processes/parent-guard.js'
import {unattended, type ContainerExit, type ContainerSpec, type RunningContainer, type Runtime} from './runtime.js'
import {waitForPorts} from './wait-for-ports.js'

/** What an engine adds to the grace period before its client is ended: a container that it does not end is not ours to wait for. */
const ENGINE_MS = 5000

/**
 * Runs a container through `program`, docker or podman: pulls its image, publishes its ports at the pod's address, takes its output for the log.
 * Every call is an argv; no shell reads what a manifest says.
 */
export function engineRuntime(program: string): Runtime {
  return {
    runs: () => true,
    readsFiles: true,
    async start(container, log, signal) {
      await pullImage(program, container, signal)
      const name = engineName(container)
      await removeContainer(program, name) // of a gateway that was killed
      const guard = guardWith([program, 'rm', '--force', name])
      try {
        const id = await createContainer(program, name, container)
        return await startContainer({program, name, id, container, log, end: () => guard.release()})
      } catch (error) {
        await removeContainer(program, name)
        guard.release()
        throw error
      }
    },
  }
}

/** The engine's name for a container of a pod: unique on the machine, and known without asking. */
function engineName({id}: Pick<ContainerSpec, 'id'>): string {
  return `tshift-${id}`
}

interface Created {
  readonly program: string
  readonly name: string
  readonly id: string
  readonly container: ContainerSpec
  readonly log: (line: string) => void
  /** Called once it is over and gone. */
  readonly end: () => void
}

/** Starts what was created, and resolves once it has begun. What is said until then is the engine's where it never begins, and else the container's. */
async function startContainer({program, name, id, container, log, end}: Created): Promise<RunningContainer> {
  const early: string[] = []
  let write = (line: string): void => void early.push(line)
  const client = await childContainer(spawn(program, ['start', '--attach', id], {stdio: ['ignore', 'pipe', 'pipe'], detached: true}), (line) => write(line))
  const clientGuard = client.pid === undefined ? undefined : guardGroup(client.pid) // podman's may outlive a container that is removed as it begins
  const over = new AbortController()
  void client.exited.then(() => {
    over.abort()
    clientGuard?.release()
  })
  const found = await begun(program, id, over.signal)
  if (found === undefined) throw startError(early)
  early.forEach(log)
  write = log
  const exited = client.exited.then(async (exit) => {
    await removeContainer(program, id)
    end()
    return exit
  })
  return {
    ...unattended,
    pid: process.platform === 'linux' && found.pid > 0 ? found.pid : undefined, // elsewhere it is a process of the engine's virtual machine
    execPrefix: [program, 'exec', name],
    exited,
    ready: waitForPorts(container.address, container.ports.map(container.hostPort), over.signal),
    stop: (graceMs) => stop({program, id, client, exited}, graceMs),
  }
}

function startError(said: readonly string[]): ContainerError {
  const why = (said.at(-1) ?? 'the container engine does not say why').replace(/^Error: /, '').replace(/^unable to start container [0-9a-f]{64}: /, '')
  return new ContainerError('RunContainerError', `failed to start the container: ${why}`)
}

interface Started {
  readonly program: string
  readonly id: string
  /** The engine's client, which ends with the container. */
  readonly client: Pick<RunningContainer, 'stop'>
  readonly exited: Promise<ContainerExit>
}

async function stop({program, id, client, exited}: Started, graceMs: number): Promise<ContainerExit> {
  await Promise.race([stopContainer(program, id, graceMs), exited])
  const giveUp = setTimeout(() => void client.stop(0), ENGINE_MS)
  try {
    return await exited
  } finally {
    clearTimeout(giveUp)
  }
}
