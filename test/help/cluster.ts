import {manualClock} from './manual-clock.js'
import {bootstrap} from '../../src/resources/bootstrap.js'
import {Resources} from '../../src/resources/resources.js'
import {memoryStore} from '../../src/store/memory.js'

export const NOW = Date.parse('2026-11-21T12:00:00Z')

/** Resources over an empty store in memory, at a time that stands still, with uids that count up. */
export function emptyCluster() {
  const clock = manualClock(NOW)
  let uids = 0
  return {clock, resources: new Resources({store: memoryStore(), clock, newUid: () => `uid-${++uids}`})}
}

/** The same with the built-in cluster picture. */
export async function freshCluster() {
  const cluster = emptyCluster()
  await bootstrap(cluster.resources, {podOctet: 64, ingressAddress: '127.0.0.1'})
  return cluster
}
