import {describe, expect, test} from 'vitest'
import {inBatches} from '../../src/base/in-batches.js'

/** Every item with a lane goes on when all of its batch have begun; the log says what began and what was asked of the source in between. */
async function run(items: readonly string[], {size = 3, failing = ''} = {}) {
  const log: string[] = []
  function* source() {
    for (const item of items) {
      if (item === 'broken') throw new Error('the source broke')
      log.push(`?${item}`)
      yield item
    }
  }
  const act = async (item: string) => {
    log.push(item)
    await new Promise((resolve) => setImmediate(resolve))
    log.push(`${item}.`)
    if (item === failing) throw new Error(`${item} failed`)
    return item.toUpperCase()
  }
  const outcomes: string[] = []
  const laneOf = (item: string) => (item.startsWith('!') ? undefined : item.slice(0, 1))
  const error = await (async () => {
    for await (const outcome of inBatches(source(), act, {size, laneOf})) outcomes.push(outcome)
  })().catch(String)
  return {log: log.join(' '), outcomes: outcomes.join(' '), error}
}

describe('doing something in batches', () => {
  test('items of different lanes go side by side, so many at once, and come in their order', async () => {
    expect(await run(['a', 'b', 'c', 'd', 'e'])).toEqual({
      log: '?a ?b ?c ?d a b c a. b. c. ?e d e d. e.',
      outcomes: 'A B C D E',
      error: undefined,
    })
  })

  test('items of one lane go one after the other', async () => {
    expect((await run(['a1', 'b1', 'a2', 'a3'])).log).toBe('?a1 ?b1 ?a2 a1 b1 a1. b1. ?a3 a2 a2. a3 a3.')
  })

  test('the next item is not asked for before one without a lane is done', async () => {
    expect((await run(['a', '!', 'b'])).log).toBe('?a ?! a a. ! !. ?b b b.')
  })

  test('a failure is thrown after what came before, once all of its batch have ended', async () => {
    expect(await run(['a', 'b', 'c', 'd'], {failing: 'b'})).toEqual({log: '?a ?b ?c ?d a b c a. b. c.', outcomes: 'A', error: 'Error: b failed'})
  })

  test('what the source gave before it broke is done', async () => {
    expect(await run(['a', 'b', 'broken'])).toEqual({log: '?a ?b a b a. b.', outcomes: 'A B', error: 'Error: the source broke'})
  })
})
