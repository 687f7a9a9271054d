import {completedRuntime} from './completed-runtime.js'
import {engineRuntime} from './engine-runtime.js'
import {hostRuntime} from './host-runtime.js'
import {idleRuntime} from './idle-runtime.js'
import {imageName} from './image-name.js'
import type {Runtime} from './runtime.js'
import {tcpEchoRuntime} from './tcp-echo-runtime.js'
import {unavailableRuntime} from './unavailable-runtime.js'

/** Whether programs of this machine may run, and which one stands for the pod's images. */
export interface HostPermission {
  /** The annotation `tshift.dev/command` of the pod template. It comes with the manifest, so it permits nothing by itself. */
  readonly command: string | undefined
  /** Where the program runs, by the annotation `tshift.dev/workdir`. */
  readonly workdir?: string | undefined
  /** `--allow-host-commands`: the user's explicit yes. */
  readonly allowHostCommands: boolean
}

/** What there is to run an image with, besides the built-in ones. */
export interface RuntimeChoice extends HostPermission {
  /** Whether the container itself says what to run. */
  readonly hasCommand: boolean
  /** The program of a container engine (`docker`, `podman`) that answers; asked only for images that nothing else runs. */
  readonly engine: () => Promise<string | undefined>
  /** What the container is for: to run beside the others, to end before they begin (an init container), or to end with its work done (a Job's). */
  readonly purpose: 'serve' | 'init' | 'job'
}

const ECHO = tcpEchoRuntime()

/**
 * The runtime for an image. Where host programs are allowed the annotated command comes before everything but the sidecar, and the container's own
 * command after the built-in images; then a container engine. An image that only idles has done its work at once where it is an init container; for
 * a Job it is an image like any other, because a Job that idles never ends, and one that counts as done would be a lie.
 * Where nothing of this is to be had a container fails at its start with the way out.
 */
export async function runtimeFor(image: string, {command, workdir, allowHostCommands, hasCommand, engine, purpose}: RuntimeChoice): Promise<Runtime> {
  const cwd = workdir === undefined ? {} : {cwd: workdir}
  const isSidecar = imageName(image) === 'proxyv2'
  if (command !== undefined && !isSidecar) return allowHostCommands ? hostRuntime({command, ...cwd}) : unavailableRuntime
  if (ECHO.runs(image)) return ECHO
  const mayRunOwn = allowHostCommands && hasCommand
  if (idleRuntime.runs(image) && (isSidecar || purpose !== 'job')) {
    if (purpose !== 'init') return idleRuntime
    return mayRunOwn && !isSidecar ? hostRuntime(cwd) : completedRuntime
  }
  if (mayRunOwn) return hostRuntime(cwd)
  const program = await engine()
  if (program !== undefined) return engineRuntime(program)
  return allowHostCommands ? hostRuntime(cwd) : unavailableRuntime
}
