import type {Observation} from './observation.js'

/**
 * Observations in the order of their connects. They end in an order that depends on who answered, and such an order looks sticky to every
 * test of independence although the draws were not. What came early waits; how much of it is bounded by the timeout of the slowest.
 */
export async function* inOrder(observations: AsyncIterable<Observation>): AsyncGenerator<Observation> {
  const waiting = new Map<number, Observation>()
  let next = 0
  for await (const observation of observations) {
    waiting.set(observation.index, observation)
    for (let ready = waiting.get(next); ready !== undefined; ready = waiting.get(next)) {
      waiting.delete(next++)
      yield ready
    }
  }
  // an interrupted probe leaves gaps
  yield* [...waiting.values()].sort((a, b) => a.index - b.index)
}
