import {execFile, spawn} from 'node:child_process'
import {promisify} from 'node:util'
import {childContainer} from './child-container.js'
import {ContainerError} from './container-error.js'
import {guardWith} from '../processes/parent-guard.js'
import {unattended, type ContainerExit, type ContainerSpec, type RunningContainer, type Runtime} from './runtime.js'
import {waitForPorts} from './wait-for-ports.js'

const runProgram = promisify(execFile)
/** What an engine adds to the grace period before it says that a container is gone. */
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
      await pull(program, container, signal)
      const name = engineName(container)
      await remove(program, name) // of a gateway that was killed
      const child = spawn(program, runArguments(container, name), {stdio: ['ignore', 'pipe', 'pipe'], detached: true})
      const running = await childContainer(child, log).catch((cause: Error) => {
        throw new ContainerError('RunContainerError', `failed to start the container: ${cause.message}`, {cause})
      })
      const guard = guardWith([program, 'rm', '--force', name])
      const over = new AbortController()
      void running.exited.then(() => {
        over.abort()
        guard.release()
      })
      return {
        ...unattended,
        pid: running.pid,
        execPrefix: [program, 'exec', name],
        exited: running.exited,
        ready: waitForPorts(container.address, container.ports.map(container.hostPort), over.signal),
        stop: (graceMs) => stop(program, name, graceMs, running),
      }
    },
  }
}

/** The engine's name for a container of a pod: unique on the machine, and known without asking. */
function engineName({id}: Pick<ContainerSpec, 'id'>): string {
  return `tshift-${id}`
}

function runArguments({image, command, args, env, address, ports, hostPort, workingDir, mounts}: ContainerSpec, name: string): readonly string[] {
  const [entrypoint, ...rest] = command
  return [
    'run',
    '--rm',
    `--name=${name}`,
    '--label=tshift.dev/container=true',
    ...ports.map((port) => `--publish=${address}:${hostPort(port)}:${port}/tcp`),
    ...Object.entries(env).map(([key, value]) => `--env=${key}=${value}`),
    ...mounts.map(({source, mountPath, readOnly}) => `--volume=${source}:${mountPath}${readOnly ? ':ro' : ''}`),
    ...(workingDir === undefined ? [] : [`--workdir=${workingDir}`]),
    ...(entrypoint === undefined ? [] : [`--entrypoint=${entrypoint}`]),
    '--',
    image,
    ...rest,
    ...args,
  ]
}

async function pull(program: string, {image, alwaysPull}: ContainerSpec, signal: AbortSignal | undefined): Promise<void> {
  const options = signal === undefined ? {} : {signal}
  const isHere = async () => runProgram(program, ['image', 'inspect', '--', image], options).then(() => true, () => false)
  if (!alwaysPull && (await isHere())) return
  try {
    await runProgram(program, ['pull', '--quiet', '--', image], options)
  } catch (cause) {
    if (await isHere()) return // one from before is better than none, as without a network
    const {stderr = '', message} = cause as {stderr?: string; message: string}
    throw new ContainerError('ErrImagePull', `Failed to pull image "${image}": ${stderr.trim() || message}`, {cause})
  }
}

async function stop(program: string, name: string, graceMs: number, running: Pick<RunningContainer, 'exited' | 'stop'>): Promise<ContainerExit> {
  const seconds = Math.ceil(graceMs / 1000)
  const stopped = runProgram(program, ['stop', `--time=${seconds}`, name]) // it may have ended by itself, or not let itself be stopped
    .catch(() => remove(program, name))
  await Promise.race([stopped, running.exited])
  return running.stop(ENGINE_MS)
}

async function remove(program: string, name: string): Promise<void> {
  await runProgram(program, ['rm', '--force', name]).catch(() => undefined) // none of that name
}
