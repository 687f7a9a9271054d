import type {World} from '../world.js'
import {progressDeadline} from './deployments/deadline.js'
import {momentsOf} from './jobs/moments.js'
import {byController} from './ownership.js'
import {availableAt, isReady} from './pod-readiness.js'

/**
 * When (ms) the plan for this very world may change by time alone: a deadline runs out, a pod has been ready for long enough, a Job's next pod may come.
 * Undefined where only a change of the world matters.
 */
export function nextLook(world: World, nowMs: number): number | undefined {
  const moments = [...deadlines(world), ...availabilities(world), ...jobMoments(world)].filter((ms) => ms > nowMs)
  return moments.length === 0 ? undefined : Math.min(...moments)
}

function deadlines({deployments}: World): readonly number[] {
  return deployments.flatMap((deployment) => {
    const deadline = progressDeadline(deployment)
    return deadline === undefined ? [] : [deadline + 1]
  })
}

function jobMoments({jobs, pods}: World): readonly number[] {
  if (jobs.length === 0) return []
  const owned = byController(pods)
  return jobs.flatMap((job) => momentsOf(job, owned.get(job.metadata.uid ?? '') ?? []))
}

function availabilities({replicaSets, statefulSets, daemonSets, pods}: World): readonly number[] {
  const patient = [...replicaSets, ...statefulSets, ...daemonSets].filter(({spec}) => (spec.minReadySeconds ?? 0) > 0)
  if (patient.length === 0) return []
  const owned = byController(pods)
  return patient.flatMap(({metadata, spec}) => (owned.get(metadata.uid ?? '') ?? []).filter(isReady).map((pod) => availableAt(pod, spec.minReadySeconds ?? 0)))
}
