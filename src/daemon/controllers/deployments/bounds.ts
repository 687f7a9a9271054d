import type {Deployment} from '../../../api/kinds/deployment.js'

/** How many pods above and below the wanted number a rollout may have. */
export interface RolloutBounds {
  readonly surge: number
  readonly unavailable: number
}

/**
 * The bounds as counts: shares of the wanted number round up for the surge and down for what may be missing. Both zero would allow no step at
 * all, so one pod may then be missing. Source: kubernetes deployment_util.go `ResolveFenceposts`, `MaxUnavailable`.
 */
export function rolloutBounds({spec}: Deployment): RolloutBounds {
  const {replicas = 1, strategy = {}} = spec
  if ((strategy.type ?? 'RollingUpdate') !== 'RollingUpdate') return {surge: 0, unavailable: 0}
  const {maxSurge = '25%', maxUnavailable = '25%'} = strategy.rollingUpdate ?? {}
  const surge = countOf(maxSurge, replicas, Math.ceil)
  const unavailable = countOf(maxUnavailable, replicas, Math.floor)
  return {surge, unavailable: Math.min(replicas, surge === 0 && unavailable === 0 ? 1 : unavailable)}
}

function countOf(value: number | string, total: number, round: (count: number) => number): number {
  return typeof value === 'number' ? value : round((Number.parseInt(value, 10) * total) / 100)
}
