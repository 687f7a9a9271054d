import type {KubeObject} from '../api/object.js'
import {inBatches} from '../base/in-batches.js'

/** So many writes share a transaction, and with it the wait for the disk: one by one they take some ten times as long. */
const BATCH = 256
/** What decides about others: whether they may come (a namespace that goes takes everything in it along), and of which kind they are. */
const DECISIVE = new Set(['Namespace', 'CustomResourceDefinition'])

/**
 * Writes many objects as if one after the other, in as few transactions as that allows: several are under way at once, the outcomes come in the order of
 * the items, and each comes when its own write is on the disk. Two writes of one object keep their order, and nothing overtakes a Namespace or a definition.
 * `writtenBy` says what an item writes: an object, `everything` where it may be others too, undefined for nothing.
 */
export function sideBySide<T extends object, R>(
  items: AsyncIterable<T> | Iterable<T>,
  writtenBy: (item: T) => KubeObject | 'everything' | undefined,
  act: (item: T) => Promise<R>,
): AsyncIterable<R> {
  return inBatches(items, act, {size: BATCH, laneOf: (item) => laneOf(writtenBy(item), item)})
}

/** The same for those who want to know when all is written: what came of each. */
export async function allSideBySide<T extends object, R>(
  items: AsyncIterable<T> | Iterable<T>,
  writtenBy: (item: T) => KubeObject | 'everything' | undefined,
  act: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const outcomes: R[] = []
  for await (const outcome of sideBySide(items, writtenBy, act)) outcomes.push(outcome)
  return outcomes
}

/** What has no name yet is an object of its own. */
function laneOf(object: KubeObject | 'everything' | undefined, item: object): unknown {
  if (object === undefined) return item
  if (object === 'everything') return undefined
  const {apiVersion, kind, metadata} = object
  if (DECISIVE.has(kind)) return undefined
  const [group] = apiVersion.includes('/') ? apiVersion.split('/', 1) : ['']
  return metadata.name === undefined ? item : [group, kind, metadata.namespace, metadata.name].join('/')
}
