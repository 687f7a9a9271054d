/** Timers have a resolution of 1 ms and come up to 1 ms late; a connection on loopback takes a tenth of that. */
const TIMER_SLACK_MS = 2

/**
 * Calls `wake` once, no later than `ms` from now as far as timers can be trusted, then at every turn of the event loop: the caller looks at the clock
 * and asks again. Costs a busy core for the last 2 ms. Returns what cancels it.
 */
export function wakeAfter(ms: number, wake: () => void): () => void {
  if (ms > TIMER_SLACK_MS) {
    const timer = setTimeout(wake, Math.floor(ms) - 1)
    return () => clearTimeout(timer)
  }
  const immediate = setImmediate(wake)
  return () => clearImmediate(immediate)
}
