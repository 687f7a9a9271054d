import {isFinished, type Job, type JobStatus} from '../../api/kinds/job.js'
import type {Pod} from '../../api/kinds/pod.js'
import type {KubeObject} from '../../api/object.js'
import {isSameJson} from '../../api/same-json.js'
import {withoutFinalizer} from '../../resources/dependents.js'
import type {Action, ObjectEvent} from '../action.js'
import type {World} from '../world.js'
import {isActive, isHeld, TRACKING} from './jobs/job-pods.js'
import {outcomeOf, type Outcome} from './jobs/outcome.js'
import {podOf} from './jobs/pod-of.js'
import {freeIndexes, sizingOf} from './jobs/size.js'
import {jobStatus} from './jobs/status.js'
import {tallyPods, type PodTally} from './jobs/tally-pods.js'
import {ttlEnd} from './jobs/moments.js'
import {byController} from './ownership.js'

const SOURCE = 'job-controller'

/** The next step of every Job: its pods counted, made or ended, and its status. Source: kubernetes job controller `syncJob`, ttlafterfinished. */
export function planJobs(world: World, nowMs: number): readonly Action[] {
  const owned = byController(world.pods)
  const alive = new Set(world.jobs.map(({metadata}) => metadata.uid))
  return [...world.jobs.flatMap((job) => planJob(job, owned.get(job.metadata.uid ?? '') ?? [], nowMs)), ...planOrphans(world.pods, alive)]
}

/** Nobody counts the pods of a Job that is gone. */
function planOrphans(pods: readonly Pod[], alive: ReadonlySet<string | undefined>): readonly Action[] {
  return pods.filter((pod) => isHeld(pod) && !(pod.metadata.ownerReferences ?? []).some(({uid}) => alive.has(uid))).map(letGo)
}

function letGo(pod: Pod): Action {
  return {type: 'update', object: withoutFinalizer(pod, TRACKING)}
}

function planJob(job: Job, pods: readonly Pod[], nowMs: number): readonly Action[] {
  if (job.metadata.deletionTimestamp !== undefined) return pods.filter(isHeld).map(letGo)
  if (isFinished(job)) return (ttlEnd(job) ?? Infinity) <= nowMs ? [{type: 'delete', object: job}] : []
  const tally = tallyPods(job, pods)
  const outcome = outcomeOf(job, {pods, tally, nowMs})
  const status = jobStatus(job, {pods, tally, outcome, nowMs})
  return [
    ...tally.released.map(letGo),
    ...(outcome === undefined ? planSize(job, pods, {tally, nowMs}) : pods.filter(isActive).map((pod) => deleted(job, pod))),
    ...(isSameJson(status, job.status) ? [] : [withStatus(job, status, outcome)]),
  ]
}

function planSize(job: Job, pods: readonly Pod[], facts: {readonly tally: PodTally; readonly nowMs: number}): readonly Action[] {
  const {missing, surplus} = sizingOf(job, pods, facts)
  const isIndexed = job.spec.completionMode === 'Indexed'
  const indexes = isIndexed ? freeIndexes(job, pods, facts.tally).slice(0, missing) : Array.from({length: missing}, () => undefined)
  return [...surplus.map((pod) => deleted(job, pod)), ...indexes.map((index) => created(job, podOf(job, index)))]
}

function created(about: Job, object: KubeObject): Action {
  return {type: 'create', object, event: {about, reason: 'SuccessfulCreate', message: 'Created pod: %', source: SOURCE}}
}

function deleted(about: Job, object: Pod): Action {
  return {type: 'delete', object, event: {about, reason: 'SuccessfulDelete', message: 'Deleted pod: %', source: SOURCE}}
}

function withStatus(job: Job, status: JobStatus, outcome: Outcome | undefined): Action {
  const object: Job = {...job, status}
  const event = eventOf(job, object, outcome)
  return {type: 'status', object, ...(event !== undefined && {event})}
}

/** What is told of a change: that it is over, held or goes on. */
function eventOf(job: Job, next: Job, outcome: Outcome | undefined): ObjectEvent | undefined {
  const suspension = ({status}: Job) => status?.conditions?.find(({type}) => type === 'Suspended')?.status
  const told = (reason: string, message: string) => ({about: job, reason, message, source: SOURCE})
  if (isFinished(next) && outcome?.isSuccess === true) return told('Completed', 'Job completed')
  if (isFinished(next) && outcome !== undefined) return {...told(outcome.reason, outcome.message), type: 'Warning'}
  if (suspension(next) === suspension(job)) return undefined
  return suspension(next) === 'True' ? told('Suspended', 'Job suspended') : told('Resumed', 'Job resumed')
}
