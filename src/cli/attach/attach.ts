import path from 'node:path'
import type {Readable} from 'node:stream'
import type {Pod} from '../../api/kinds/pod.js'
import {UserError} from '../../base/user-error.js'
import {podLogDirectory} from '../../daemon/pods/pod-log-directory.js'
import {readLog} from '../../workload/logs/read-log.js'
import type {Outlet} from '../outlet.js'
import {chooseContainer} from '../pods/pod-container.js'

export interface AttachOptions {
  readonly pod: Pod
  /** By default the pod's own choice, or its first. */
  readonly container?: string | undefined
  readonly stdin: boolean
  readonly tty: boolean
}

export interface AttachDeps {
  /** Where the logs of all pods lie. */
  readonly podLogs: string
  readonly stdin: Readable
  readonly out: Outlet
  /** Told what kubectl says on stderr unless it is to be quiet. */
  readonly note: (line: string) => void
  readonly signal: AbortSignal
}

const RECORDED =
  'All commands and output from this session will be recorded in container logs, including credentials and sensitive information passed through the ' +
  'command prompt.'

/**
 * Shows what a container writes from now on, until it ends, standard input does (where it is passed on), or the signal is aborted. Containers here have
 * neither a terminal nor standard input: what is typed reaches nobody. Throws a UserError in the words of kubectl where the container does not run.
 */
export async function attach({pod, container, stdin, tty}: AttachOptions, {podLogs, out, note, signal, ...deps}: AttachDeps): Promise<void> {
  const {metadata, status} = pod
  const {phase = 'Pending'} = status ?? {}
  if (phase === 'Succeeded' || phase === 'Failed') throw new UserError(`cannot attach a container in a completed pod; current phase is ${phase}`)
  const {name, note: choice} = chooseForAttach(pod, container)
  if (choice !== undefined) note(choice)
  if (tty) note(`error: Unable to use a TTY - container ${name} did not allocate one`)
  const isRunning = status?.containerStatuses?.some((one) => one.name === name && one.state?.running !== undefined) ?? false
  if (!isRunning) throw new UserError(`unable to upgrade connection: container ${name} not found in pod ${metadata.name}_${metadata.namespace}`)
  announceSession(note)

  const file = path.join(podLogDirectory(podLogs, pod), `${name}.log`)
  const detached = stdin ? [untilEnd(deps.stdin)] : []
  const until = AbortSignal.any([signal, out.closed, ...detached])
  for await (const lines of readLog(file, {tail: 0, follow: true, signal: until})) await out.write(lines.map((line) => `${line}\n`).join(''))
  if (stdin) deps.stdin.pause()
}

/** What kubectl says before what a container writes. */
export function announceSession(note: (line: string) => void): void {
  note(RECORDED)
  note("If you don't see a command prompt, try pressing enter.")
}

function chooseForAttach(pod: Pod, container: string | undefined): ReturnType<typeof chooseContainer> {
  try {
    return chooseContainer(pod, container)
  } catch (error) {
    throw error instanceof UserError ? new UserError(`cannot attach to the container: ${error.message}`) : error
  }
}

function untilEnd(stdin: Readable): AbortSignal {
  const ended = new AbortController()
  stdin.on('end', () => ended.abort()).resume()
  return ended.signal
}
