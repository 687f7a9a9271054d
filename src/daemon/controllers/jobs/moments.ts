import {isFinished, type Job} from '../../../api/kinds/job.js'
import type {Pod} from '../../../api/kinds/pod.js'
import {deadlineOf} from './outcome.js'
import {backoffEnd} from './size.js'

/** When (ms) a finished Job is to be deleted; undefined for one that stays. */
export function ttlEnd({spec, status}: Job): number | undefined {
  const end = status?.conditions?.find(({type, status: is}) => is === 'True' && (type === 'Complete' || type === 'Failed'))?.lastTransitionTime
  return end === undefined || spec.ttlSecondsAfterFinished === undefined ? undefined : Date.parse(end) + spec.ttlSecondsAfterFinished * 1000
}

/** The moments (ms) at which something is to be done for a Job although nothing changed. */
export function momentsOf(job: Job, pods: readonly Pod[]): readonly number[] {
  const moments = isFinished(job) ? [ttlEnd(job)] : [deadlineOf(job), backoffEnd(job, pods)]
  return moments.filter((ms) => ms !== undefined)
}
