import path from 'node:path'
import type {Readable, Writable} from 'node:stream'
import {expand} from '../../api/expansion.js'
import type {Pod} from '../../api/kinds/pod.js'
import {StatusError} from '../../api/status-error.js'
import {UserError} from '../../base/user-error.js'
import {podEnvironment, readPodEnvironment} from '../../daemon/pods/pod-environment.js'
import {podLogDirectory} from '../../daemon/pods/pod-log-directory.js'
import {execInEngine, execInPod} from '../../workload/exec/exec.js'
import {chooseContainer} from '../pods/pod-container.js'
import type {Session} from '../session.js'
import {enginePrefix} from './engine-prefix.js'
import {podNcWords} from './pod-network.js'

export interface ExecInContainerOptions {
  readonly pod: Pod
  /** By default the pod's own choice, or its first. */
  readonly container?: string | undefined
  readonly command: readonly string[]
  readonly stdin: boolean
  readonly tty: boolean
  /** The command is the container's own, whose `$(VAR)` stand for variables. */
  readonly isContainers?: boolean
}

export interface ExecDeps {
  readonly session: Session
  readonly stdin: Readable
  readonly stdout: Writable
  readonly stderr: Writable
  /** Told what kubectl says on stderr unless it is to be quiet. */
  readonly note: (line: string) => void
  readonly signal: AbortSignal
  /** Ends the command at once. */
  readonly kill?: AbortSignal
}

/** Runs a command as if in a container, and resolves to its exit code. Throws where the pod does not run, in the API server's words. */
export async function execInContainer({pod, container: named, command, stdin, tty, isContainers = false}: ExecInContainerOptions, deps: ExecDeps): Promise<number> {
  const {session, note} = deps
  const name = runningContainer(pod, named, deps)
  const {isTTY = false} = deps.stdin as {readonly isTTY?: boolean}
  if (stdin && tty && !isTTY) note('Unable to use a TTY - input is not a terminal or the right kind of file')
  const streams = {
    stdin: stdin ? deps.stdin : undefined,
    stdout: deps.stdout,
    stderr: deps.stderr,
    tty,
    guarded: isContainers,
    signal: deps.signal,
    ...(deps.kill === undefined ? {} : {kill: deps.kill}),
  }
  const prefix = isContainers ? undefined : await enginePrefix(pod, name, session)
  if (prefix !== undefined) return execInEngine(prefix, {argv: command, ...streams})
  const env = await environmentOf(pod, name, session)
  return execInPod({argv: isContainers ? command.map((word) => expand(word, env)) : command, env, nc: ncOf(pod, session), ...streams})
}

/** The container that is meant, of a pod that runs. Throws as `execInContainer`. */
export function runningContainer(pod: Pod, named: string | undefined, {session, note}: Pick<ExecDeps, 'session' | 'note'>): string {
  const {phase = 'Pending'} = pod.status ?? {}
  if (phase === 'Succeeded' || phase === 'Failed') throw new UserError(`cannot exec into a container in a completed pod; current phase is ${phase}`)
  const {name, note: choice} = chooseContainer(pod, named)
  if (choice !== undefined) note(choice)
  if (phase !== 'Running') throw notRunning(pod, name, session.isGatewayRunning)
  if (isDown(pod, name)) throw notFound(name)
  return name
}

/** What the store gives now; where that is not all there any more (a ConfigMap that was deleted), what there is without it. */
async function environmentOf(pod: Pod, name: string, {resources}: Session): Promise<Readonly<Record<string, string>>> {
  const container = [...pod.spec.containers, ...(pod.spec.initContainers ?? [])].find((candidate) => candidate.name === name)
  if (container === undefined) return {}
  const {podIP = ''} = pod.status ?? {}
  const outcome = await readPodEnvironment(resources, pod, container, podIP)
  return outcome.type === 'complete' ? outcome.env : podEnvironment(pod, container, podIP)
}

/** Beside the pod's logs, so that it goes when the pod goes. */
function ncOf(pod: Pod, {home}: Session): {readonly directory: string; readonly words: readonly string[]} {
  const directory = path.join(podLogDirectory(home.podLogs, pod), 'bin')
  const {namespace = 'default', name} = pod.metadata
  return {directory, words: podNcWords({home: home.directory, namespace, pod: name, address: pod.status?.podIP ?? '', directory})}
}

function notRunning(pod: Pod, container: string, isGatewayRunning: boolean): Error {
  const {name} = pod.metadata
  if (!isGatewayRunning) return new UserError(`pod ${name} is not running (Pending)`, {hint: "start the gateway with 'tshift gateway start'"})
  const isBound = (pod.spec.nodeName ?? '') !== ''
  if (!isBound) return new StatusError('BadRequest', `pod ${name} does not have a host assigned`)
  return notFound(container)
}

/** Between two runs, or before the first: there is nothing to run a command in. */
function isDown({status}: Pod, container: string): boolean {
  const all = [...(status?.containerStatuses ?? []), ...(status?.initContainerStatuses ?? [])]
  const state = all.find(({name}) => name === container)?.state
  return state?.waiting !== undefined || state?.terminated !== undefined
}

function notFound(container: string): UserError {
  return new UserError(`unable to upgrade connection: container not found ("${container}")`)
}
