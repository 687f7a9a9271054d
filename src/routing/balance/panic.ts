/** Envoy's overprovisioning factor, in percent: that many too many endpoints are taken to be there. */
const OVERPROVISIONED = 140

/**
 * Whether so few endpoints are healthy that the others are used all the same: less than `panicPercent` of them, unless those left can carry all the
 * load by Envoy's reckoning (load_balancer_impl.cc recalculatePerPriorityPanic). 0 is never: then nobody serves when all are out.
 */
export function isPanic(healthy: number, total: number, panicPercent: number): boolean {
  if (total === 0 || Math.floor((OVERPROVISIONED * healthy) / total) >= 100) return false
  return (100 * healthy) / total < panicPercent
}
