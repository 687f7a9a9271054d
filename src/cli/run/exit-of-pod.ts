import type {Pod} from '../../api/kinds/pod.js'
import {UserError} from '../../base/user-error.js'

/** How a command ends with its pod. */
export interface PodExit {
  readonly exitCode: number
  /** For stderr, as it is. */
  readonly text: string
}

/** How `run` ends for a pod that has ended; undefined where all is well. Throws a UserError where the pod does not say how. Source: kubectl `run.go`. */
export function exitOfPod({metadata, status}: Pod): PodExit | undefined {
  const pod = `pod ${metadata.namespace}/${metadata.name}`
  if (status?.phase === 'Succeeded') return undefined
  if (status?.phase !== 'Failed') throw new UserError(`${pod} left in phase ${status?.phase}`)
  const {exitCode = 0, reason, message = ''} = status.containerStatuses?.[0]?.state?.terminated ?? {}
  if (exitCode === 0) throw new UserError(`${pod} failed with unknown exit code`)
  return {exitCode, text: `${pod} terminated (${reason})${message === '' ? '' : `\n${message}`}`}
}
