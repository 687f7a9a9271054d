import type {Readable, Writable} from 'node:stream'
import type {Pod} from '../../api/kinds/pod.js'
import {UserError} from '../../base/user-error.js'
import {attendContainer, type AttendedContainer} from '../../daemon/pods/attend-client.js'
import {execInContainer} from '../exec/exec-in-container.js'
import type {Session} from '../session.js'
import {CopyingOutlet} from './copying-outlet.js'

export interface StandInOptions {
  readonly pod: Pod
  readonly container: string
  /** What the user typed, here or when the pod was made: nothing else may run on this machine. */
  readonly words: readonly string[]
  readonly stdin: boolean
  readonly tty: boolean
  /** The pod goes when this process does. */
  readonly removePod: boolean
}

export interface StandInDeps {
  readonly session: Session
  readonly stdin: Readable
  readonly stdout: Writable
  readonly stderr: Writable
  readonly note: (line: string) => void
  readonly signal: AbortSignal
  /** Called once the program is this process's to run. */
  readonly begin: () => void
}

/** The exit code of a container whose program could not be started. Source: kubelet `StartError` */
const START_ERROR = 128

/**
 * Runs the program of a container that idles here, on the user's streams, and lets the gateway know what it writes and how it ends: the container ends
 * with it, and it with the container. Resolves to its exit code; undefined where the container runs a program of its own, or another client's.
 */
export async function standIn({pod, container, words, removePod, ...streams}: StandInOptions, deps: StandInDeps): Promise<number | undefined> {
  const attended = await attendContainer(deps.session.home.socket, {uid: pod.metadata.uid ?? '', container, removePod})
  if (attended === undefined) return undefined
  deps.begin()
  const copy = (stream: Writable) => new CopyingOutlet(stream, (bytes, done) => attended.output(bytes, done))
  const [stdout, stderr] = [copy(deps.stdout), copy(deps.stderr)]
  const ends = {signal: AbortSignal.any([deps.signal, attended.stop, stdout.unread]), kill: killAfterGrace(attended)}
  let exitCode = START_ERROR
  try {
    exitCode = await execInContainer({pod, container, command: words, isContainers: true, ...streams}, {...deps, stdout, stderr, ...ends})
    await Promise.all([stdout.flushed(), stderr.flushed()])
  } catch (error) {
    throw error instanceof UserError ? startError(error) : error
  } finally {
    await attended.exited(exitCode)
  }
  return exitCode
}

/** In the words of the kubelet: it is the container's program, not one beside it. */
function startError({message, hint}: UserError): UserError {
  const why = message.slice(message.lastIndexOf('unable to start container process'))
  return new UserError(`failed to start the container: ${why}`, {exitCode: START_ERROR, ...(hint === undefined ? {} : {hint: hint.replace(/^exec/, 'run')})})
}

/** The gateway waits no longer than it says, and neither must the program live longer. */
function killAfterGrace({stop}: AttendedContainer): AbortSignal {
  const kill = new AbortController()
  stop.addEventListener('abort', () => setTimeout(() => kill.abort(), stop.reason as number).unref())
  return kill.signal
}
