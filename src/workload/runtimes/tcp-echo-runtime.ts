import {spawn, type ChildProcess, type SpawnOptions} from 'node:child_process'
import path from 'node:path'
import {UserError} from '../../base/user-error.js'
import {childContainer} from './child-container.js'
import {entryFile} from '../echo/entry-file.js'
import {parseGoPort} from '../echo/go-port.js'
import {imageName} from './image-name.js'
import type {ContainerSpec, Runtime} from './runtime.js'
import {spawning} from './spawning.js'

/** The `CMD` of the image, which counts where the pod gives neither command nor args. */
const DEFAULT_ARGS = ['9000', 'hello']
/** What the image's binary has been called in its versions. */
const BINARIES = new Set(['main', 'tcp-echo', 'tcp-echo-server'])

/** Runs every `tcp-echo-server` image, whatever its registry and tag, as a process of its own: killing it is a crash like any other. */
export function tcpEchoRuntime({entry = entryFile('echo-main')}: {readonly entry?: string} = {}): Runtime {
  return {
    runs: (image) => imageName(image) === 'tcp-echo-server',
    readsFiles: false,
    async start(container, log) {
      const args = [entry, ...echoArguments(container)]
      // Detached, because a Ctrl-C in the gateway's terminal is the gateway's to handle.
      const options: SpawnOptions = {stdio: ['ignore', 'pipe', 'pipe', 'ipc'], detached: true, env: echoEnvironment(container)}
      return spawning(process.execPath, async () => {
        const child = spawn(process.execPath, args, options)
        const running = await childContainer(child, log)
        return {...running, execPrefix: [], ready: Promise.race([listening(child), running.exited.then(() => {})])}
      })
    },
  }
}

function echoArguments({command, args, image}: ContainerSpec): readonly string[] {
  const [binary, ...first] = command
  if (binary === undefined) return args.length === 0 ? DEFAULT_ARGS : args
  if (BINARIES.has(path.posix.basename(binary))) return [...first, ...args]
  throw new UserError(`the built-in ${image} cannot run "${binary}": it has its own entry point only; take command out of the pod template`)
}

/** The container's own variables are left out: the program reads none, and NODE_OPTIONS among them would act on ours. */
function echoEnvironment(container: ContainerSpec): Record<string, string> {
  const ports = (echoArguments(container)[0] ?? '').split(',').flatMap((text) => {
    const parsed = parseGoPort(text)
    return parsed.type === 'port' && parsed.port > 0 ? [[parsed.port, container.hostPort(parsed.port)] as const] : []
  })
  return {TSHIFT_ECHO_ADDRESS: container.address, TSHIFT_ECHO_PORTS: JSON.stringify(Object.fromEntries(ports))}
}

/**
 * The process sends one message, once it listens on all ports and has printed so. What it printed arrives on another descriptor, at the latest in the same
 * turn of the event loop as the message: its lines are logged by the end of that turn.
 */
function listening(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => child.once('message', () => setImmediate(resolve)))
}
