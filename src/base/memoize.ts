/** What is remembered for the arguments that lead here; objects are held weakly, so that nothing outlives the values it was computed from. */
class Memory<R> {
  #objects: WeakMap<object, Memory<R>> | undefined
  #others: Map<unknown, Memory<R>> | undefined
  result: {readonly value: R} | undefined

  next(argument: unknown): Memory<R> {
    if (typeof argument === 'object' && argument !== null) return findOrAdd((this.#objects ??= new WeakMap()), argument)
    return findOrAdd((this.#others ??= new Map()), argument)
  }
}

function findOrAdd<K, R>(branches: {get(key: K): Memory<R> | undefined; set(key: K, memory: Memory<R>): unknown}, key: K): Memory<R> {
  const known = branches.get(key)
  if (known !== undefined) return known
  const fresh = new Memory<R>()
  branches.set(key, fresh)
  return fresh
}

/**
 * `compute` with a memory: the same arguments, objects by identity, give the very same result again. For pure functions of values that are never
 * changed in place. The first argument must be an object: when it is garbage, so is all that was computed from it.
 */
export function memoizeByIdentity<A extends readonly [object, ...unknown[]], R>(compute: (...args: A) => R): (...args: A) => R {
  const memory = new Memory<R>()
  return (...args) => {
    let place = memory
    for (const argument of args) place = place.next(argument)
    place.result ??= {value: compute(...args)}
    return place.result.value
  }
}
