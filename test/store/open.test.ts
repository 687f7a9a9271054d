import {existsSync, mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import path from 'node:path'
import {expect, test} from 'vitest'
import {UserError} from '../../src/base/user-error.js'
import {openStore} from '../../src/store/open.js'

test('the scheme chooses the store', async () => {
  const home = mkdtempSync(path.join(tmpdir(), 'tshift-open-'))
  for (const url of ['memory:', `lmdb:${home}/new/store`]) {
    const store = await openStore(url)
    expect(await store.put('/a', '1', 0)).toBe(1)
    await store.close()
  }
  expect(existsSync(path.join(home, 'new/store/data.mdb'))).toBe(true)
  rmSync(home, {recursive: true})
})

test.each(['', 'lmdb:', 'memory:x', 'etcd://localhost:2379', '/some/where'])('a store that does not exist is refused with those that do: "%s"', async (url) => {
  const error: unknown = await openStore(url).catch((e: unknown) => e)
  const message = `cannot open the state store "${url}": it is neither lmdb:<directory> nor memory:`
  expect(error).toEqual(new UserError(message, {hint: 'give, for example, lmdb:./state'}))
})
