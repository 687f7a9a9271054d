import {execFile} from 'node:child_process'
import {setTimeout as delay} from 'node:timers/promises'
import {promisify} from 'node:util'
import {ContainerError} from './container-error.js'
import type {ContainerSpec} from './runtime.js'

const runProgram = promisify(execFile)

/** The first looks come soon, since a start takes less than a second as a rule; the later ones leave the processor alone. */
const FIRST_LOOK_MS = 50
const LONGEST_PAUSE_MS = 1000
/** How long `rm` and the guard of a killed gateway wait between TERM and KILL: as long as for programs of this machine. */
const STOP_SECONDS = 2

/** Linux takes one more; the kubelet cuts here. */
const MAX_HOSTNAME = 63

/** States of a container that has been made and not begun; podman's last is that of one whose network stands. */
const NOT_BEGUN = new Set(['configured', 'created', 'initialized'])

/** Makes a container of that name, without starting it, and gives its id, which its successor does not have. Throws a ContainerError in the engine's words. */
export async function createContainer(program: string, name: string, container: ContainerSpec): Promise<string> {
  const {stdout} = await runProgram(program, createArguments(name, container)).catch((cause: unknown) => {
    throw new ContainerError('RunContainerError', `failed to create the container: ${lastWords(cause)}`, {cause})
  })
  return stdout.trim().split('\n').at(-1) ?? ''
}

function createArguments(name: string, {image, command, args, env, address, ports, hostPort, workingDir, mounts}: ContainerSpec): readonly string[] {
  const [entrypoint, ...rest] = command
  const hostname = env['HOSTNAME']?.slice(0, MAX_HOSTNAME).replace(/[-.]+$/, '')
  return [
    'create',
    `--name=${name}`,
    '--label=tshift.dev/container=true',
    `--stop-timeout=${STOP_SECONDS}`,
    ...(hostname === undefined ? [] : [`--hostname=${hostname}`]),
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

/** Gets the image, unless it is there and need not be newer. Throws a ContainerError. */
export async function pullImage(program: string, {image, alwaysPull}: ContainerSpec, signal: AbortSignal | undefined): Promise<void> {
  const options = signal === undefined ? {} : {signal}
  const isHere = async () => runProgram(program, ['image', 'inspect', '--', image], options).then(() => true, () => false)
  if (!alwaysPull && (await isHere())) return
  try {
    await runProgram(program, ['pull', '--quiet', '--', image], options)
  } catch (cause) {
    if (await isHere()) return // one from before is better than none, as without a network
    throw new ContainerError('ErrImagePull', `Failed to pull image "${image}": ${lastWords(cause)}`, {cause})
  }
}

/**
 * Waits until the container has begun, and gives its main process, 0 where it has ended already. Undefined where it never began: `over` tells that the
 * engine has given up on it.
 */
export async function begun(program: string, id: string, over: AbortSignal): Promise<{readonly pid: number} | undefined> {
  for (let pauseMs = FIRST_LOOK_MS; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
    const isOver = over.aborted // before the look, which otherwise might have seen less than there was
    const looking = runProgram(program, ['inspect', '--type=container', '--format={{.State.Status}} {{.State.Pid}}', id])
    const {stdout} = await looking.catch(() => ({stdout: ''})) // removed by hand
    const [status = '', pid = '0'] = stdout.trim().split(' ')
    if (status !== '' && !NOT_BEGUN.has(status)) return {pid: Number(pid)}
    if (isOver) return undefined
    await delay(pauseMs, undefined, {signal: over}).catch(() => undefined)
  }
}

/** Stops it within the grace period; where the engine cannot, removes it. */
export async function stopContainer(program: string, id: string, graceMs: number): Promise<void> {
  await runProgram(program, ['stop', `--time=${Math.ceil(graceMs / 1000)}`, id]) // it may have ended by itself, or not let itself be stopped
    .catch(() => removeContainer(program, id))
}

/** Removes it, whatever it does. */
export async function removeContainer(program: string, nameOrId: string): Promise<void> {
  await runProgram(program, ['rm', '--force', nameOrId]).catch(() => undefined) // there is none
}

/** What a program said last on stderr: engines warn, and tell of what they tried, before they say what is wrong. */
function lastWords(cause: unknown): string {
  const {stderr = '', message} = cause as {readonly stderr?: string; readonly message: string}
  return (stderr.trim().split('\n').at(-1) || message).replace(/^Error: /, '')
}
