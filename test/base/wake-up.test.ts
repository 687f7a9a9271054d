import {expect, test} from 'vitest'
import {WakeUp} from '../../src/base/wake-up.js'

test('calls that came before the wait end it at once, together, and only that one', async () => {
  const wakeUp = new WakeUp()
  wakeUp.call()
  wakeUp.call()
  await wakeUp.called()
  let isAwake = false
  const waiting = wakeUp.called().then(() => (isAwake = true))
  await new Promise((resolve) => setImmediate(resolve))
  expect(isAwake).toBe(false)
  wakeUp.call()
  await waiting
})
