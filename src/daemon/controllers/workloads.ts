import {memoizeByIdentity} from '../../base/memoize.js'
import type {Action} from '../action.js'
import type {World} from '../world.js'
import {planDeployments} from './deployments.js'
import {nextLook} from './next-look.js'
import {planReplicaSets} from './replica-sets.js'

/** Deployments and ReplicaSets. When there was nothing to do, there is nothing as long as none of their objects changes and no time runs out. */
export function planWorkloads(world: World, nowMs: number): readonly Action[] {
  const rest = restOf(world.deployments, world.replicaSets, world.pods)
  if (rest.fromMs <= nowMs && nowMs < rest.untilMs) return []
  const actions = [...planDeployments(world, nowMs), ...planReplicaSets(world, nowMs)]
  if (actions.length === 0) Object.assign(rest, {fromMs: nowMs, untilMs: nextLook(world, nowMs) ?? Infinity})
  return actions
}

/** While there is nothing to do, ms. */
interface Rest {
  fromMs: number
  untilMs: number
}

const restOf = memoizeByIdentity((_: World['deployments'], __: World['replicaSets'], ___: World['pods']): Rest => ({fromMs: Infinity, untilMs: -Infinity}))
