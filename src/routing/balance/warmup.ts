import type {Warmup} from '../routing.js'
import type {Candidate} from './candidate.js'

/**
 * The part of its weight that an endpoint has by now: rising from `minimumPercent` to 1 in `durationMs`, in a straight line with aggression 1, steeper
 * at first with more (Envoy EdfLoadBalancerBase::applySlowStartFactor).
 */
export function warmFactor(warmup: Warmup | undefined, {sinceMs}: Candidate, nowMs: number): number {
  if (warmup === undefined || nowMs - sinceMs >= warmup.durationMs) return 1
  const time = Math.max(1, Math.floor(nowMs - sinceMs)) / warmup.durationMs
  return Math.max(time ** (1 / warmup.aggression), warmup.minimumPercent / 100)
}
