import {memoryStore} from '../../src/store/memory.js'
import type {Store} from '../../src/store/store.js'

/** A store in memory that commits as the one on disk does: what is written in one turn of the event loop together. `commits` counts these. */
export function countingStore(): {readonly store: Store; readonly count: {commits: number; lists: number}} {
  const memory = memoryStore()
  const count = {commits: 0, lists: 0}
  let turn: Promise<void> | undefined
  const committed = () => {
    turn ??= new Promise((resolve) => {
      setImmediate(() => {
        count.commits++
        turn = undefined
        resolve()
      })
    })
    return turn
  }
  const store: Store = {
    get: (key) => memory.get(key),
    list: (prefix) => {
      count.lists++
      return memory.list(prefix)
    },
    put: (key, value, expected) => committed().then(() => memory.put(key, value, expected)),
    delete: (key, expected) => committed().then(() => memory.delete(key, expected)),
    watch: (prefix, after, signal) => memory.watch(prefix, after, signal),
    revision: () => memory.revision(),
    close: () => memory.close(),
  }
  return {store, count}
}
