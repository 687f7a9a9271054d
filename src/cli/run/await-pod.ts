import {podType, type Pod} from '../../api/kinds/pod.js'
import {notFound} from '../../api/status-error.js'
import {UserError} from '../../base/user-error.js'
import type {Resources} from '../../resources/resources.js'
import type {Session} from '../session.js'

export interface PodWait {
  readonly timeoutMs: number
  readonly until: (pod: Pod) => boolean
  /** The user's interruption. */
  readonly signal: AbortSignal
}

/**
 * The pod once it is as it is waited for. Throws a UserError when time is up or the wait is interrupted, which names a gateway that does not run, and
 * NotFound when the pod is deleted meanwhile.
 */
export async function awaitPod(session: Session, pod: Pod, {timeoutMs, until, signal}: PodWait): Promise<Pod> {
  const {resources} = session
  const {namespace, name, uid} = pod.metadata
  const live = await resources.find<Pod>(podType, namespace, name)
  if (live === undefined || live.metadata.uid !== uid) throw notFound(podType, name)
  if (until(live)) return live
  const waiting = patience(session, timeoutMs)
  try {
    const found = await nextSuch(resources, live, {until, signal: AbortSignal.any([signal, waiting.signal])})
    if (found !== undefined) return found
  } finally {
    waiting.clear()
  }
  if (signal.aborted) throw interrupted()
  if (waiting.signal.reason === ('gateway gone' satisfies Ending)) throw noGateway()
  throw new UserError('timed out waiting for the condition')
}

/** Undefined once the signal is aborted. */
async function nextSuch(resources: Resources, {metadata}: Pod, {until, signal}: Omit<PodWait, 'timeoutMs'>): Promise<Pod | undefined> {
  const {namespace, name, uid, resourceVersion = '0'} = metadata
  for await (const events of resources.watch<Pod>(podType, resourceVersion, {namespace, signal})) {
    for (const {type, object} of events) {
      if (object.metadata.uid !== uid) continue
      if (type === 'deleted') throw notFound(podType, name)
      if (until(object)) return object
    }
  }
  return undefined
}

type Ending = 'gateway gone' | 'timed out'
const LOOK_MS = 250

/** Aborted, with the reason, when time is up or the gateway process is gone, which nothing tells. `clear` ends the looking. */
function patience(session: Session, timeoutMs: number): {readonly signal: AbortSignal; clear(): void} {
  const over = new AbortController()
  const end = (why: Ending) => over.abort(why)
  const look = setInterval(() => (session.isGatewayRunning ? undefined : end('gateway gone')), LOOK_MS)
  const timeout = setTimeout(() => end('timed out'), timeoutMs) // no AbortSignal.timeout: behind AbortSignal.any, Node 20 may collect it unfired
  return {
    signal: over.signal,
    clear() {
      clearInterval(look)
      clearTimeout(timeout)
    },
  }
}

/** What ends a command that its user interrupted. */
export function interrupted(): UserError {
  return new UserError('interrupted', {exitCode: 130})
}

/** What a command says that waits for a pod where nobody would run it. */
export function noGateway(): UserError {
  return new UserError('no gateway runs, so no pod would', {hint: "start it with 'tshift gateway start'"})
}

/** Whether a pod's containers run and all are ready. */
export function isRunningAndReady({status}: Pod): boolean {
  return status?.phase === 'Running' && (status.conditions?.some(({type, status: is}) => type === 'Ready' && is === 'True') ?? false)
}

/** Whether a pod has come to its end, well or badly. */
export function hasEnded({status}: Pod): boolean {
  return status?.phase === 'Succeeded' || status?.phase === 'Failed'
}

/** Why a container's image cannot be run here, which no waiting changes. Undefined where nothing says so. */
export function imageProblem({status}: Pod): string | undefined {
  const waiting = [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])].map(({state}) => state?.waiting)
  return waiting.find((one) => one?.reason === 'ErrImagePull')?.message
}
