import {memoizeByIdentity} from '../../base/memoize.js'
import type {Action} from '../action.js'
import type {World} from '../world.js'
import {planDaemonSets} from './daemon-sets.js'
import {planDeployments} from './deployments.js'
import {planJobs} from './jobs.js'
import {nextLook} from './next-look.js'
import {planReplicaSets} from './replica-sets.js'
import {planStatefulSets} from './stateful-sets.js'
import {planVolumeClaims} from './volume-claims.js'

/** All kinds that make pods, and the volumes they claim. When there was nothing to do, there is nothing as long as none of their objects changes and no time runs out. */
export function planWorkloads(world: World, nowMs: number): readonly Action[] {
  const {pods, deployments, replicaSets, statefulSets, controllerRevisions, volumeClaims, daemonSets, jobs, nodes} = world
  const rest = restOf(pods, deployments, replicaSets, statefulSets, controllerRevisions, volumeClaims, daemonSets, jobs, nodes)
  if (rest.fromMs <= nowMs && nowMs < rest.untilMs) return []
  const actions = [
    ...planDeployments(world, nowMs),
    ...planReplicaSets(world, nowMs),
    ...planStatefulSets(world, nowMs),
    ...planDaemonSets(world, nowMs),
    ...planJobs(world, nowMs),
    ...planVolumeClaims(world),
  ]
  if (actions.length === 0) Object.assign(rest, {fromMs: nowMs, untilMs: nextLook(world, nowMs) ?? Infinity})
  return actions
}

/** While there is nothing to do, ms. */
interface Rest {
  fromMs: number
  untilMs: number
}

const restOf = memoizeByIdentity((_: World['pods'], ...__: readonly object[]): Rest => ({fromMs: Infinity, untilMs: -Infinity}))
