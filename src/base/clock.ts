/** Where the time comes from. Injected, so that tests own it. */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number
}

export const systemClock: Clock = {now: () => Date.now()}

/** A clock that stands still until it is told to move. */
export function manualClock(startMs = 0): Clock & {advance(ms: number): void} {
  let nowMs = startMs
  return {
    now: () => nowMs,
    advance(ms) {
      nowMs += ms
    },
  }
}
