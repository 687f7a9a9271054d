import type {Clock} from '../../src/base/clock.js'

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
