import {afterEach, beforeEach, describe, expect, test, vi} from 'vitest'
import {lookupInSystem, Resolver, type Answer} from '../../../src/daemon/outside/resolver.js'

interface Question {
  readonly name: string
  answer(addresses: readonly string[], ttlMs?: number): Promise<void>
  fail(code: string): Promise<void>
}

/** A resolver whose questions the test answers, in time that the test moves. */
function start() {
  const questions: Question[] = []
  const changed = vi.fn()
  const settle = () => vi.advanceTimersByTimeAsync(0)
  const lookup = (name: string) =>
    new Promise<Answer>((resolve, reject) => {
      questions.push({
        name,
        answer: async (addresses, ttlMs) => {
          resolve({addresses, ...(ttlMs !== undefined && {ttlMs})})
          await settle()
        },
        fail: async (code) => {
          reject(Object.assign(new Error(code), {code}))
          await settle()
        },
      })
    })
  const resolver = new Resolver({changed, lookup})
  resolvers.push(resolver)
  const next = () => questions.shift() ?? expect.fail('nobody asks')
  return {resolver, questions, changed, next}
}

const resolvers: Resolver[] = []
beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  resolvers.splice(0).forEach((resolver) => resolver.close())
  vi.useRealTimers()
})

describe('a followed name', () => {
  test('is asked for at once and again every five seconds, and a new answer is told', async () => {
    const {resolver, next, questions, changed} = start()
    resolver.follow(['a'])
    await next().answer(['10.0.0.1'])
    expect(resolver.resolved).toEqual({a: ['10.0.0.1']})
    expect(changed).toHaveBeenCalledTimes(1)
    await vi.advanceTimersByTimeAsync(4999)
    expect(questions).toEqual([])
    await vi.advanceTimersByTimeAsync(1)
    await next().answer(['10.0.0.2', '10.0.0.1'])
    expect(resolver.resolved).toEqual({a: ['10.0.0.2', '10.0.0.1']})
    expect(changed).toHaveBeenCalledTimes(2)
  })

  test('whose servers rotate their answers does not change', async () => {
    const {resolver, next, changed} = start()
    resolver.follow(['a'])
    await next().answer(['10.0.0.1', '10.0.0.2'])
    await vi.advanceTimersByTimeAsync(5000)
    await next().answer(['10.0.0.2', '10.0.0.1'])
    expect(resolver.resolved).toEqual({a: ['10.0.0.1', '10.0.0.2']})
    expect(changed).toHaveBeenCalledTimes(1)
  })

  test('keeps its addresses while it cannot be resolved, with the reason', async () => {
    const {resolver, next, changed} = start()
    resolver.follow(['a'])
    await next().answer(['10.0.0.1'])
    for (const code of ['EAI_AGAIN', 'EAI_AGAIN', 'ENOTFOUND']) {
      await vi.advanceTimersByTimeAsync(5000)
      await next().fail(code)
      expect(resolver.resolved).toEqual({a: ['10.0.0.1']})
    }
    expect(resolver.problems).toEqual({a: 'the name is not known'})
    expect(changed).toHaveBeenCalledTimes(3) // not for a failure like the one before
    await vi.advanceTimersByTimeAsync(5000)
    await next().answer(['10.0.0.1'])
    expect(resolver.problems).toEqual({})
    expect(changed).toHaveBeenCalledTimes(4)
  })

  test('is left alone for as long as its answer holds, and no less than five seconds', async () => {
    const {resolver, next, questions} = start()
    resolver.follow(['a', 'b'])
    await next().answer(['10.0.0.1'], 60_000)
    await next().answer(['10.0.0.2'], 1)
    await vi.advanceTimersByTimeAsync(5000)
    expect(questions.map(({name}) => name)).toEqual(['b'])
    await next().answer(['10.0.0.2'], 600_000)
    await vi.advanceTimersByTimeAsync(55_000)
    expect(questions.map(({name}) => name)).toEqual(['a'])
  })
})

describe('many names', () => {
  test('are asked for two at a time; one that never answers keeps its place and has failed after five seconds', async () => {
    const {resolver, next, questions} = start()
    resolver.follow(['a', 'b', 'c'])
    expect(questions.map(({name}) => name)).toEqual(['a', 'b'])
    const [stuck, quick] = [next(), next()]
    await quick.answer(['10.0.0.2'])
    expect(questions.map(({name}) => name)).toEqual(['c'])
    await next().answer(['10.0.0.3'])
    await vi.advanceTimersByTimeAsync(5000)
    expect(resolver.problems).toEqual({a: 'no answer within 5 s'})
    expect(questions.map(({name}) => name)).toEqual(['b']) // one place is still taken
    await stuck.fail('EAI_AGAIN')
    expect(questions.map(({name}) => name)).toEqual(['b', 'c'])
  })

  test('are forgotten when nobody wants them any more', async () => {
    const {resolver, next, changed, questions} = start()
    resolver.follow(['a', 'b'])
    const late = next()
    await next().answer(['10.0.0.2'])
    resolver.follow(['b'])
    await late.answer(['10.0.0.1'])
    expect(resolver.resolved).toEqual({b: ['10.0.0.2']})
    expect(changed).toHaveBeenCalledTimes(1)
    resolver.follow([])
    await vi.advanceTimersByTimeAsync(60_000)
    expect(questions).toEqual([])
  })
})

describe('who waits', () => {
  test('goes on when every name was answered for, well or badly', async () => {
    const {resolver, next} = start()
    resolver.follow(['a', 'b'])
    const done = vi.fn()
    void resolver.answered(60_000).then(done)
    await next().answer(['10.0.0.1'])
    expect(done).not.toHaveBeenCalled()
    await next().fail('ENOTFOUND')
    expect(done).toHaveBeenCalled()
  })

  test('goes on when the patience is spent, or the resolver closed', async () => {
    const {resolver} = start()
    resolver.follow(['a'])
    const [patient, impatient] = [vi.fn(), vi.fn()]
    void resolver.answered(60_000).then(patient)
    void resolver.answered(300).then(impatient)
    await vi.advanceTimersByTimeAsync(300)
    expect([patient.mock.calls.length, impatient.mock.calls.length]).toEqual([0, 1])
    resolver.close()
    await vi.advanceTimersByTimeAsync(0)
    expect(patient).toHaveBeenCalled()
    expect(vi.getTimerCount()).toBe(1) // of the look-up, which nothing waits for
  })
})

test('the system knows localhost', async () => {
  vi.useRealTimers()
  expect((await lookupInSystem('localhost')).addresses).toContain('127.0.0.1')
})
