import {describe, expect, test} from 'vitest'
import {Informer} from '../../src/daemon/informer.js'
import {freshCluster} from '../help/cluster.js'

describe('an informer that has stopped following', () => {
  test('keeps nobody waiting for changes that it will not see, so that the gateway ends', async () => {
    const {resources} = await freshCluster()
    const aborted = new AbortController()
    const informer = new Informer(resources, () => undefined)
    const following = informer.run(aborted.signal)
    await informer.synced
    const before = informer.caughtUp(informer.revision + 1)
    aborted.abort()
    await following
    await expect(Promise.all([before, informer.caughtUp(informer.revision + 1)])).resolves.toEqual([undefined, undefined])
  })

  test('keeps nobody waiting where it failed', async () => {
    const {resources} = await freshCluster()
    const informer = new Informer(resources, () => {
      throw new Error('broken')
    })
    await expect(informer.run(AbortSignal.timeout(60_000))).rejects.toThrow('broken')
    await expect(informer.caughtUp(Infinity)).resolves.toBeUndefined()
  })
})
