import {afterEach, beforeEach, describe, expect, test} from 'vitest'
import {RevisionConflict, RevisionExpired, type Change, type Store} from '../../src/store/store.js'

export interface StoreFactory {
  /** An empty store whose change log holds `logLimit` changes. */
  open(options: {logLimit?: number}): Promise<Store>
}

/** What every store promises. Run by the test file of each implementation. */
export function describeStore(name: string, factory: StoreFactory): void {
  describe(`${name} keeps the store contract`, () => {
    let store: Store
    let abort: AbortController
    beforeEach(async () => {
      store = await factory.open({})
      abort = new AbortController()
    })
    afterEach(async () => {
      abort.abort()
      await store.close()
    })

    const watch = (prefix: string, after: number) => store.watch(prefix, after, abort.signal)[Symbol.asyncIterator]()

    test('an empty store is at revision 0', async () => {
      expect(await store.revision()).toBe(0)
      expect(await store.list('')).toEqual({entries: [], revision: 0})
      expect(await store.get('/a')).toBeUndefined()
    })

    test('every write raises one revision by one, over all keys', async () => {
      expect(await store.put('/a', '1', 0)).toBe(1)
      expect(await store.put('/b', '1', 0)).toBe(2)
      expect(await store.put('/a', '2', 1)).toBe(3)
      expect(await store.delete('/b', 2)).toBe(4)
      expect(await store.put('/b', 'again', 0)).toBe(5)
      expect(await store.revision()).toBe(5)
      expect(await store.get('/a')).toEqual({key: '/a', value: '2', revision: 3})
      expect(await store.get('/b')).toEqual({key: '/b', value: 'again', revision: 5})
    })

    test.each<[string, (store: Store) => Promise<number>, RevisionConflict]>([
      ['creating what exists', (s) => s.put('/a', 'x', 0), new RevisionConflict('/a', 0, 2)],
      ['replacing at a stale revision', (s) => s.put('/a', 'x', 1), new RevisionConflict('/a', 1, 2)],
      ['replacing what is missing', (s) => s.put('/none', 'x', 1), new RevisionConflict('/none', 1, 0)],
      ['deleting at a stale revision', (s) => s.delete('/a', 1), new RevisionConflict('/a', 1, 2)],
      ['deleting what is missing', (s) => s.delete('/none', 1), new RevisionConflict('/none', 1, 0)],
      ['deleting what is missing as missing', (s) => s.delete('/none', 0), new RevisionConflict('/none', 0, 0)],
      ['replacing what was deleted', (s) => s.put('/gone', 'x', 3), new RevisionConflict('/gone', 3, 0)],
    ])('%s is refused and changes nothing', async (_, write, conflict) => {
      await store.put('/a', '1', 0)
      await store.put('/a', '2', 1)
      await store.put('/gone', '1', 0)
      await store.delete('/gone', 3)
      const error: unknown = await write(store).catch((e: unknown) => e)
      expect(error).toBeInstanceOf(RevisionConflict)
      expect(error).toEqual(conflict)
      expect(await store.list('')).toEqual({entries: [{key: '/a', value: '2', revision: 2}], revision: 4})
    })

    test('of writes made at once exactly one wins, and a refused one does not touch its neighbours', async () => {
      const results = await Promise.allSettled([store.put('/a', 'first', 0), store.put('/a', 'second', 0), store.put('/b', 'other', 0), store.delete('/c', 7)])
      expect(results.map((r) => (r.status === 'fulfilled' ? r.value : 'refused'))).toEqual([1, 'refused', 2, 'refused'])
      expect((await store.list('')).entries.map(({value}) => value)).toEqual(['first', 'other'])
    })

    test('a list holds the keys under the prefix in byte order, at one revision', async () => {
      const keys = ['/r/b/1', '/r/a/10', '/r/a/9', '/r/a', '/r/a0', '/r/a/', '/r/a/\u{1F600}', '/r/a/\uFB01', '/r/a/z', '/q', '/s']
      for (const key of keys) await store.put(key, key, 0)
      const listing = await store.list('/r/a/')
      expect(listing.entries.map(({key}) => key)).toEqual(['/r/a/', '/r/a/10', '/r/a/9', '/r/a/z', '/r/a/\uFB01', '/r/a/\u{1F600}'])
      expect(listing.revision).toBe(keys.length)
      expect((await store.list('')).entries.map(({key}) => key)).toEqual([...keys].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))))
      expect(await store.list('/none')).toEqual({entries: [], revision: keys.length})
    })

    test.each([
      ['an empty text', ''],
      ['all kinds of characters', '\uFEFFäöü ½ 日本語 \u{1F600}\u0000\u0001\n"\\'],
      ['1 MiB', 'x'.repeat(1 << 20)],
      ['1 MiB of two-byte characters', 'é'.repeat(1 << 19)],
    ])('a value comes back as it was: %s', async (_, value) => {
      const key = '/ключ/\u{1F600} "\\'
      await store.put(key, value, 0)
      const entry = {key, value, revision: 1}
      expect(await store.get(key)).toEqual(entry)
      expect(await store.list('/ключ')).toEqual({entries: [entry], revision: 1})
      expect((await watch('/ключ', 0).next()).value).toEqual([{type: 'added', ...entry}])
    })

    test.each([['empty', ''], ['longer than 1978 bytes', '/'.repeat(1979)]])('a key that is %s is refused', async (_, key) => {
      await expect(store.put(key, '', 0)).rejects.toThrow(RangeError)
    })

    test('10,000 entries can be listed', async () => {
      const keys = Array.from({length: 10_000}, (_, i) => `/many/${String(i).padStart(5, '0')}`)
      await Promise.all(keys.map((key) => store.put(key, 'v'.repeat(200), 0)))
      const {entries, revision} = await store.list('/many/')
      expect(entries.map(({key}) => key)).toEqual(keys)
      expect(revision).toBe(10_000)
    })

    test('a watch gives every change under its prefix after its revision, past ones first', async () => {
      await store.put('/a/1', 'old', 0)
      await store.put('/a/2', 'new', 0)
      await store.put('/b', 'other', 0)
      await store.put('/a/2', 'newer', 2)
      const changes = watch('/a/', 1)
      const seen: Change[] = []
      const see = async (count: number) => {
        while (seen.length < count) seen.push(...((await changes.next()).value as Change[]))
      }
      await see(2)
      const next = see(5)
      await store.delete('/a/1', 1)
      await store.put('/b', 'still other', 3)
      await store.put('/a/1', 'back', 0)
      await store.delete('/a/1', 7)
      await next
      expect(seen).toEqual([
        {type: 'added', key: '/a/2', value: 'new', revision: 2},
        {type: 'modified', key: '/a/2', value: 'newer', revision: 4},
        {type: 'deleted', key: '/a/1', value: 'old', revision: 5},
        {type: 'added', key: '/a/1', value: 'back', revision: 7},
        {type: 'deleted', key: '/a/1', value: 'back', revision: 8},
      ])
    })

    test('a watch that is far behind catches up in batches of 1,000 changes at most', async () => {
      await Promise.all(Array.from({length: 2500}, (_, i) => store.put(`/${i}`, '', 0)))
      const sizes: number[] = []
      for await (const changes of store.watch('/', 0, abort.signal)) {
        sizes.push(changes.length)
        if (changes.at(-1)?.revision === 2500) break
      }
      expect(sizes).toEqual([1000, 1000, 500])
    })

    test('several watches see the same changes in the same order, however slow they read', async () => {
      const count = 3000
      await Promise.all(Array.from({length: count}, (_, i) => store.put(`/k/${i}`, '', 0)))
      const read = async (pause: () => Promise<void>) => {
        const revisions: number[] = []
        for await (const changes of store.watch('/k/', 0, abort.signal)) {
          revisions.push(...changes.map(({revision}) => revision))
          if (revisions.length >= count + 2) return revisions
          await pause()
        }
        return revisions
      }
      const turn = () => new Promise<void>((resolve) => setImmediate(resolve))
      const reads = [read(turn), read(async () => {}), read(() => turn().then(turn))]
      await turn()
      await store.put('/k/last', '', 0)
      await store.put('/k/very-last', '', 0)
      const all = Array.from({length: count + 2}, (_, i) => i + 1)
      expect(await Promise.all(reads)).toEqual([all, all, all])
    })

    test('a watch from before the change log is refused: list again', async () => {
      const short = await factory.open({logLimit: 3})
      try {
        for (let revision = 0; revision < 5; revision++) await short.put('/a', String(revision), revision)
        const first = (after: number) => short.watch('/', after, abort.signal)[Symbol.asyncIterator]().next()
        const error: unknown = await first(1).catch((e: unknown) => e)
        expect(error).toBeInstanceOf(RevisionExpired)
        expect(error).toEqual(new RevisionExpired(1, 2))
        const {value} = await first(2)
        expect((value as Change[]).map(({revision}) => revision)).toEqual([3, 4, 5])
      } finally {
        await short.close()
      }
    })

    test('a watch that falls behind the change log says so instead of leaving a gap', async () => {
      const short = await factory.open({logLimit: 2})
      try {
        await short.put('/a', '0', 0)
        const changes = short.watch('/', 0, abort.signal)[Symbol.asyncIterator]()
        await changes.next()
        for (let revision = 1; revision < 5; revision++) await short.put('/a', String(revision), revision)
        await expect(changes.next()).rejects.toThrow(RevisionExpired)
      } finally {
        await short.close()
      }
    })

    test('a watch ends quietly when it is aborted: before, while waiting, between batches', async () => {
      await store.put('/a', '', 0)
      const waiting = watch('/', 1).next()
      const between = watch('/', 0)
      await between.next()
      abort.abort()
      expect(await waiting).toEqual({done: true, value: undefined})
      expect(await between.next()).toEqual({done: true, value: undefined})
      expect(await watch('/', 0).next()).toEqual({done: true, value: undefined})
    })

    test('close ends watches, may be called twice, and nothing works after it', async () => {
      const waiting = watch('/', 0).next()
      const written = store.put('/a', '', 0)
      expect((await waiting).value).toEqual([{type: 'added', key: '/a', value: '', revision: await written}])
      const next = watch('/', 1).next()
      await Promise.all([store.close(), store.close()])
      await store.close()
      expect(await next).toEqual({done: true, value: undefined})
      for (const use of [() => store.get('/a'), () => store.list(''), () => store.put('/a', '', 0), () => store.delete('/a', 1), () => store.revision()]) {
        await expect(use()).rejects.toThrow('the store is closed')
      }
    })

    test('what was written before close is acknowledged', async () => {
      const written = [store.put('/a', '', 0), store.put('/b', '', 0)]
      await store.close()
      expect(await Promise.all(written)).toEqual([1, 2])
    })
  })
}
