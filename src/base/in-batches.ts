export interface BatchOptions<T> {
  /** How many items are under way together at most. */
  readonly size: number
  /** Two items of one lane are never under way together; one without a lane is under way alone, and the next is not asked for before it is done. */
  readonly laneOf: (item: T) => unknown
}

/**
 * Does `act` to every item, some of them side by side, and yields what came of each in the order of the items: as if they had been taken one after the
 * other, where those of different lanes have nothing to do with each other. Where `act` or the source throws, what came before is yielded first.
 */
export async function* inBatches<T, R>(items: AsyncIterable<T> | Iterable<T>, act: (item: T) => Promise<R>, options: BatchOptions<T>): AsyncGenerator<R> {
  for await (const batch of batchesOf(items, options)) {
    for (const outcome of await Promise.allSettled(batch.map((item) => act(item)))) {
      if (outcome.status === 'rejected') throw outcome.reason
      yield outcome.value
    }
  }
}

async function* batchesOf<T>(items: AsyncIterable<T> | Iterable<T>, {size, laneOf}: BatchOptions<T>): AsyncGenerator<readonly T[]> {
  let batch = new Map<unknown, T>()
  const filled = () => {
    const full = [...batch.values()]
    batch = new Map()
    return full
  }
  try {
    for await (const item of items) {
      const lane = laneOf(item)
      if (lane === undefined || batch.has(lane) || batch.size >= size) yield filled()
      batch.set(lane, item)
      if (lane === undefined) yield filled()
    }
  } catch (error) {
    yield filled()
    throw error
  }
  yield filled()
}
