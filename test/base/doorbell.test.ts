import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import path from 'node:path'
import {afterEach, beforeEach, expect, test} from 'vitest'
import {Doorbell, type DoorbellOptions} from '../../src/base/doorbell.js'

const NEVER = 2 ** 30
let file: string
let bells: Doorbell[]
beforeEach(() => {
  file = path.join(mkdtempSync(path.join(tmpdir(), 'tshift-bell-')), 'doorbell')
  bells = []
})
afterEach(() => {
  for (const bell of bells) bell.close()
  rmSync(path.dirname(file), {recursive: true})
})
const doorbell = (options: DoorbellOptions = {pollMs: NEVER, pollUnwatchedMs: NEVER}) => {
  const bell = new Doorbell(file, options)
  bells.push(bell)
  return bell
}
const heard = (bell: Doorbell) => new Promise<void>((resolve) => bell.listen(resolve))

test('everybody who listens at the same file hears a ring, as often as there is one', async () => {
  const [a, b] = [doorbell(), doorbell()]
  for (let i = 0; i < 3; i++) {
    const all = Promise.all([heard(a), heard(a), heard(b)])
    a.ring()
    await all
  }
})

test('who stopped listening hears nothing', () => {
  const bell = doorbell()
  const rings: string[] = []
  const stop = bell.listen(() => rings.push('first'))
  bell.listen(() => rings.push('second'))
  bell.ring()
  stop()
  bell.ring()
  expect(rings).toEqual(['first', 'second', 'second'])
})

test('listeners are called now and then without a ring', () => heard(doorbell({pollMs: 1})))

test('listeners are called more often where the file cannot be watched', async () => {
  const bell = doorbell({pollMs: NEVER, pollUnwatchedMs: 1})
  rmSync(file)
  await heard(bell)
})

test('close calls the listeners a last time, and may be called twice', async () => {
  const bell = doorbell()
  const last = heard(bell)
  bell.close()
  bell.close()
  await last
})
