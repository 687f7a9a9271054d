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
  /** `--allow-host-commands`: the user's explicit yes. */
  readonly allowHostCommands: boolean
}

const BUILT_IN: readonly Runtime[] = [tcpEchoRuntime(), idleRuntime]

/**
 * The runtime for an image. Where host programs are allowed the annotated command comes before everything but the sidecar, and the container's own
 * command after the built-in images; where they are not, neither runs: a container that needs one fails at its start with the way out.
 */
export function runtimeFor(image: string, {command, allowHostCommands}: HostPermission): Runtime {
  if (command !== undefined && imageName(image) !== 'proxyv2') return allowHostCommands ? hostRuntime({command}) : unavailableRuntime
  const builtIn = BUILT_IN.find((runtime) => runtime.runs(image))
  if (builtIn !== undefined) return builtIn
  return allowHostCommands ? hostRuntime() : unavailableRuntime
}
