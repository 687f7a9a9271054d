import {setTimeout as delay} from 'node:timers/promises'
import type {Pod} from '../../api/kinds/pod.js'
import {isServing} from '../controllers/pod-readiness.js'

/** What was sent before the data plane knew is in the kernel's queue, and a server that closes resets it: so long it may still accept. */
const LAST_CALL_MS = 100

/**
 * Resolves when a pod that is on its way out may be told to end: `applied` says that no worker sends it anything more, and what was on its way
 * has had time to be accepted. Kubernetes leaves that to the pod's preStop hook, since its proxies learn of the end whenever they do.
 */
export async function outOfRouting(pod: Pod, applied: () => Promise<void>, lastCall = () => delay(LAST_CALL_MS)): Promise<void> {
  await applied()
  if (isServing(pod)) await lastCall()
}
