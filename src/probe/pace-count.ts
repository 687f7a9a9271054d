import type {Observation} from './observation.js'
import type {Pacer} from './pacer.js'

/** Below this share of the rate asked for, the rate was not kept. */
const KEPT = 0.95
/** A last start no later than this is the timer's doing, not a lack of connections. */
const TIMELY_MS = 10

/** How well a paced probe kept its pace. */
export interface PaceReport {
  /** Of the schedule, over the connections that were made. */
  readonly intendedPerSecond: number
  readonly achievedPerSecond: number
  /** Connections that started more than 10 ms after their time. */
  readonly late: number
  readonly longestWaitMs: number
  /** Less than 95 % of the intended rate: more concurrency is needed, or the target does not take more. */
  readonly isShort: boolean
}

export interface PaceCount {
  /** In any order, warm-up included. */
  add(observation: Pick<Observation, 'index' | 'waitedMs'>): void
  /** Undefined while nothing was added. */
  report(): PaceReport | undefined
}

/**
 * Compares the starts of a probe with the schedule of its pacer. What counts is how far behind the last start was: a backlog that was
 * worked off lowers no rate, though it is in the latencies.
 */
export function createPaceCount(pacer: Pacer): PaceCount {
  let last = {index: -1, waitedMs: 0}
  let late = 0
  let longestWaitMs = 0

  return {
    add({index, waitedMs = 0}) {
      if (index > last.index) last = {index, waitedMs}
      if (waitedMs > TIMELY_MS) late += 1
      longestWaitMs = Math.max(longestWaitMs, waitedMs)
    },
    report() {
      if (last.index < 0) return undefined
      const count = last.index + 1
      const intendedMs = pacer(count)
      const achievedMs = intendedMs + last.waitedMs
      return {
        intendedPerSecond: (count * 1000) / intendedMs,
        achievedPerSecond: (count * 1000) / achievedMs,
        late,
        longestWaitMs,
        isShort: last.waitedMs > TIMELY_MS && intendedMs < KEPT * achievedMs,
      }
    },
  }
}
