import {hostRuntime} from './host-runtime.js'
import {idleRuntime} from './idle-runtime.js'
import {imageName} from './image-name.js'
import type {Runtime} from './runtime.js'
import {tcpEchoRuntime} from './tcp-echo-runtime.js'
import {unavailableRuntime} from './unavailable-runtime.js'

/** What the user said about running programs of this machine. */
export interface HostPermission {
  /** The annotation `tshift.dev/command` of the pod template. */
  readonly command: string | undefined
  /** `--allow-host-commands`: containers' own commands may run. */
  readonly allowHostCommands: boolean
}

const BUILT_IN: readonly Runtime[] = [tcpEchoRuntime(), idleRuntime]

/**
 * The runtime for an image. The user's command comes before everything but the sidecar; then the built-in images; then, only where allowed, the
 * container's own command; and otherwise a runtime whose `start` fails with the way out.
 */
export function runtimeFor(image: string, {command, allowHostCommands}: HostPermission): Runtime {
  if (command !== undefined && imageName(image) !== 'proxyv2') return hostRuntime({command})
  const builtIn = BUILT_IN.find((runtime) => runtime.runs(image))
  if (builtIn !== undefined) return builtIn
  return allowHostCommands ? hostRuntime() : unavailableRuntime
}
