import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import path from 'node:path'
import {quantile} from '../quantile.js'

const AT_ONCE = 2000

/** The store on disk with many objects in it: how long it takes to open, and each of its acts. */
export const store = {
  name: 'store',
  async measure({objects, storeActs}) {
    const rows = []
    for (const count of objects) rows.push({name: `${count} objects`, values: await timesWith(count, storeActs)})
    return {title: `Store, ms, medians of ${storeActs}`, columns: ['open', 'get', 'put', 'list 1,000', 'list all', 'put → watch'], rows}
  },
}

async function timesWith(count, acts) {
  const {openStore} = await import('../../../dist/store/open.js')
  const directory = mkdtempSync(path.join(tmpdir(), 'tshift-bench-'))
  const open = () => openStore(`lmdb:${directory}`)
  try {
    let store = await open()
    for (let at = 0; at < count; at += AT_ONCE) await Promise.all(Array.from({length: Math.min(AT_ONCE, count - at)}, (_, i) => store.put(keyOf(at + i), VALUE, 0)))
    await store.close()
    const opened = await medianOf(acts, open, (each) => each.close())
    store = await open()
    const values = {
      open: opened,
      get: await medianOf(acts, (i) => store.get(keyOf((i * 7919) % count))),
      put: await medianOf(acts, (i) => store.put(`/registry/bench/new/${i}`, VALUE, 0)),
      'list 1,000': await medianOf(acts, () => store.list('/registry/bench/objects/0000')),
      'list all': await medianOf(3, () => store.list('/registry/bench/objects/')),
      'put → watch': await watchTime(store, acts),
    }
    await store.close()
    return values
  } finally {
    rmSync(directory, {recursive: true, force: true})
  }
}

/** About what a pod has. */
const VALUE = JSON.stringify({kind: 'Pod', metadata: {name: 'pod', namespace: 'default'}, spec: {containers: [{name: 'app', image: 'x'.repeat(1200)}]}})
const keyOf = (i) => `/registry/bench/objects/${String(i).padStart(7, '0')}`

async function medianOf(times, act, after = () => undefined) {
  const taken = []
  for (let i = 0; i < times; i++) {
    const startMs = performance.now()
    const made = await act(i)
    taken.push(performance.now() - startMs)
    await after(made)
  }
  return quantile(taken, 0.5)
}

async function watchTime(store, acts) {
  const stop = new AbortController()
  const changes = store.watch('/registry/bench/watched/', await store.revision(), stop.signal)[Symbol.asyncIterator]()
  const median = await medianOf(acts, async (i) => {
    const seen = changes.next()
    await store.put(`/registry/bench/watched/${i}`, VALUE, 0)
    await seen
  })
  stop.abort()
  return median
}
