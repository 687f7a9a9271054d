/** Timers have a resolution of 1 ms and come up to 1 ms late; a connection on loopback takes a tenth of that. */
const TIMER_SLACK_MS = 2
/** Node takes longer timers for none at all. */
const MAX_TIMER_MS = 2 ** 31 - 1

/**
 * Calls `wake` once, a little before `ms` have passed or, where that is nearly so, at the next turn of the event loop: the caller looks at the clock
 * and asks again. Costs a busy core for the last 2 ms. Returns what cancels it.
 */
export function wakeAfter(ms: number, wake: () => void): () => void {
  if (ms > TIMER_SLACK_MS) {
    const timer = setTimeout(wake, Math.min(Math.floor(ms) - 1, MAX_TIMER_MS))
    return () => clearTimeout(timer)
  }
  const immediate = setImmediate(wake)
  return () => clearImmediate(immediate)
}
