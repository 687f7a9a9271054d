import {seededRandom, type Random} from '../base/random.js'

/**
 * When the connection with this index is meant to start, in ms since the probe began: the first at 0, none before its predecessor.
 * The same index always gives the same time, whatever became of the connections before it (an open loop). Ascending indexes are cheap.
 */
export type Pacer = (index: number) => number

export interface Pace {
  readonly ratePerSecond: number
  /** `uniform`: equal gaps. `poisson`: exponential gaps, as clients that know nothing of each other arrive. */
  readonly arrivals: 'uniform' | 'poisson'
  /** Of the Poisson arrivals; any 32-bit integer. */
  readonly seed: number
}

/** A constant arrival rate, kept on average. Throws a RangeError where the rate is not a positive number. */
export function createPacer({ratePerSecond, arrivals, seed}: Pace): Pacer {
  if (!(ratePerSecond > 0 && ratePerSecond < Infinity)) throw new RangeError(`a rate is a positive number, not ${ratePerSecond}`)
  const meanGapMs = 1000 / ratePerSecond
  return arrivals === 'uniform' ? (index) => index * meanGapMs : poissonPacer(meanGapMs, () => seededRandom(seed))
}

function poissonPacer(meanGapMs: number, restart: () => Random): Pacer {
  let draw = restart()
  let at = {index: 0, ms: 0}
  return (index) => {
    if (index < at.index) {
      draw = restart()
      at = {index: 0, ms: 0}
    }
    while (at.index < index) {
      at.index += 1
      at.ms -= Math.log(1 - draw()) * meanGapMs
    }
    return at.ms
  }
}
