import type {Readable, Writable} from 'node:stream'
import type {Pod} from '../../api/kinds/pod.js'
import type {KubeObject} from '../../api/object.js'
import {isNotFound} from '../../api/status-error.js'
import {UserError} from '../../base/user-error.js'
import {deleteObject} from '../../resources/deletion.js'
import {idleProgram} from '../../workload/runtimes/idle-program.js'
import {announceSession, attach} from '../attach/attach.js'
import {standIn} from '../attach/stand-in.js'
import {writeTypedProgram} from '../attach/typed-program.js'
import {outletTo} from '../outlet.js'
import {chooseContainer} from '../pods/pod-container.js'
import type {Session} from '../session.js'
import {awaitPod, hasEnded, imageProblem, interrupted, isRunningAndReady} from './await-pod.js'
import {exitOfPod, type PodExit} from './exit-of-pod.js'

export interface RunAttachedOptions {
  /** As it was stored. */
  readonly pod: Pod
  readonly stdin: boolean
  readonly tty: boolean
  readonly quiet: boolean
  /** What is removed at the end, however it comes: nothing without `--rm`. */
  readonly remove: readonly KubeObject[]
  /** The session is not the pod's only one: its end is not waited for. */
  readonly leaveStdinOpen: boolean
  readonly timeoutMs: number
  /** Of the `attach` that resumes the session. */
  readonly commandName: string
}

export interface RunAttachedDeps {
  readonly session: Session
  readonly stdin: Readable & {readonly isTTY?: boolean}
  readonly stdout: Writable
  readonly stderr: Writable
  readonly note: (line: string) => void
  readonly signal: AbortSignal
  /** Prints what a pod that has ended has written. */
  readonly showLogs: (pod: Pod) => Promise<void>
}

/**
 * Attaches to a new pod as soon as it is ready and, unless it is restarted, waits for its end: resolves to how it failed, if it did. Throws a UserError at
 * once where its image cannot be run here. Source: kubectl `run.go`.
 */
export async function runAttached(options: RunAttachedOptions, deps: RunAttachedDeps): Promise<PodExit | undefined> {
  try {
    await attachTo(options, deps)
    if (deps.signal.aborted) throw interrupted()
    return await endOf(options, deps)
  } finally {
    for (const object of options.remove) await remove(object, options.quiet, deps)
  }
}

async function attachTo({pod, timeoutMs, ...options}: RunAttachedOptions, deps: RunAttachedDeps): Promise<void> {
  const {session, note, signal, stdin, stdout} = deps
  const until = (live: Pod) => isRunningAndReady(live) || hasEnded(live) || imageProblem(live) !== undefined
  const live = await awaitPod(session, pod, {timeoutMs, until, signal})
  const problem = imageProblem(live)
  if (problem !== undefined) throw cannotRun(live, problem)
  if (hasEnded(live)) return deps.showLogs(live)
  if (await runsHere(live, options, deps)) return
  if (options.stdin) note(`Warning: the program of pod ${pod.metadata.name} runs in the gateway's keeping, and what is typed does not reach it`)
  const {home} = session
  await attach({pod: live, stdin: false, tty: options.tty}, {podLogs: home.podLogs, stdin, out: outletTo(stdout), note, signal})
}

/** A container that idles gets the program that the user typed; false where it has one of its own. */
async function runsHere(pod: Pod, options: Omit<RunAttachedOptions, 'pod' | 'timeoutMs'>, deps: RunAttachedDeps): Promise<boolean> {
  const {session, note, stdin, stdout} = deps
  const {name} = chooseContainer(pod, undefined)
  const {image = '', command = [], args = []} = pod.spec.containers.find((one) => one.name === name) ?? {}
  const words = await idleProgram({image, command, args}, process.env['PATH'] ?? '')
  if (words.length === 0) return false
  await writeTypedProgram(session.home.podLogs, pod, name, words)
  const exitCode = await standIn({pod, container: name, words, stdin: options.stdin, tty: options.tty, removePod: options.remove.length > 0}, {
    ...deps,
    begin: () => announceSession(note),
  })
  if (exitCode === undefined) return false
  const isRaw = options.stdin && options.tty && stdin.isTTY === true
  if (isRaw && !options.quiet && pod.spec.restartPolicy === 'Always') {
    stdout.write(`Session ended, resume using '${options.commandName} ${pod.metadata.name} -c ${name} -i -t' command when the pod is running\n`)
  }
  return true
}

/** Undefined where it is not waited for, or was as it should be. */
async function endOf({pod, leaveStdinOpen, timeoutMs}: RunAttachedOptions, {session, signal}: RunAttachedDeps): Promise<PodExit | undefined> {
  const {restartPolicy = 'Always'} = pod.spec
  if (leaveStdinOpen || restartPolicy === 'Always') return undefined
  const until = restartPolicy === 'Never' ? hasEnded : ({status}: Pod) => status?.phase === 'Succeeded'
  return exitOfPod(await awaitPod(session, pod, {timeoutMs, until, signal}))
}

async function remove(object: KubeObject, isQuiet: boolean, {session, stdout}: RunAttachedDeps): Promise<void> {
  const {kind, metadata} = object
  try {
    await deleteObject(session.resources, object, {nodeAlive: session.isGatewayRunning})
    if (!isQuiet) stdout.write(`${kind.toLowerCase()} "${metadata.name}" deleted from ${metadata.namespace} namespace\n`)
  } catch (error) {
    if (!isNotFound(error)) throw error // somebody else removed it
  }
}

function cannotRun({metadata}: Pod, problem: string): UserError {
  return new UserError(`pod ${metadata.namespace}/${metadata.name} cannot run: ${problem}`)
}
