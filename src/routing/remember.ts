import {memoizeByIdentity} from '../base/memoize.js'
import type {Snapshot} from './snapshot.js'

/**
 * `compute` with a memory over snapshots: it gets only the `fields` it names, and as long as those are the very same lists it gives the very same result.
 * Most changes of a world are about one kind, and what depends on the others stays as it is.
 */
export function rememberBy<K extends keyof Snapshot, A extends readonly unknown[], R>(
  fields: readonly [K, ...K[]],
  compute: (part: Pick<Snapshot, K>, ...args: A) => R,
): (snapshot: Pick<Snapshot, K>, ...args: A) => R {
  const remembered = memoizeByIdentity((_: object, ...values: readonly unknown[]) => {
    const [given, args] = [values.slice(0, fields.length), values.slice(fields.length)]
    const part = Object.fromEntries(fields.flatMap((field, i) => (given[i] === undefined ? [] : [[field, given[i]]])))
    return compute(part as Pick<Snapshot, K>, ...(args as unknown as A))
  })
  return (snapshot, ...args) => remembered(snapshot[fields[0]] ?? NOTHING, ...fields.map((field) => snapshot[field]), ...args)
}

const NOTHING: readonly never[] = []
