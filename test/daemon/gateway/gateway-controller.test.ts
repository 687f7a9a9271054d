import {afterEach, expect, test, vi} from 'vitest'
import {compileWorld} from '../../../src/daemon/gateway/compile-world.js'
import type {EventRecorder} from '../../../src/daemon/event-recorder.js'
import {GatewayController} from '../../../src/daemon/gateway/gateway-controller.js'
import type {World} from '../../../src/daemon/world.js'
import type {Engine, ListenerState} from '../../../src/engine/engine.js'
import {ALL_V1, compiled, SERVICES} from '../../inspect/tutorial.js'

vi.mock('../../../src/daemon/gateway/compile-world.js', () => ({compileWorld: vi.fn()}))
afterEach(() => vi.useRealTimers())

test('a port that is taken is tried again until it is free, and said once', async () => {
  vi.useFakeTimers()
  const {routing, snapshot} = compiled(SERVICES, ALL_V1)
  vi.mocked(compileWorld).mockReturnValue(routing)
  const state: ListenerState = {name: '0.0.0.0_31400', address: '127.0.0.1', port: 31_400, bound: false, error: 'EOTHER'}
  const apply = vi.fn(() => Promise.resolve([state]))
  const record = vi.fn(() => Promise.resolve())
  const lines: string[] = []
  const controller = new GatewayController({
    engine: {apply} as unknown as Engine,
    events: {record} as unknown as EventRecorder,
    gather: () => Promise.resolve({} as never),
    log: (line) => void lines.push(line),
    report: (error) => {
      throw error
    },
  })
  await controller.offer(snapshot as unknown as World)
  await vi.advanceTimersByTimeAsync(7000)
  expect(apply).toHaveBeenCalledTimes(4)
  expect(lines).toEqual(['listener 0.0.0.0_31400: port 31400 at 127.0.0.1 cannot be bound: EOTHER'])
  expect(record).toHaveBeenCalledTimes(1)

  Object.assign(state, {bound: true, error: undefined})
  await vi.advanceTimersByTimeAsync(9000)
  expect(apply).toHaveBeenCalledTimes(5)
  expect(lines.slice(1)).toEqual(['listener 0.0.0.0_31400 at 127.0.0.1:31400: default/tcp-echo-gateway -> default/tcp-echo'])
  controller.close()
})

test.each(Array.from({length: 12}, (_, turns) => [turns]))('a world offered %i turns after the last was applied is in force when its offer says so', async (turns) => {
  const {routing, snapshot} = compiled(SERVICES, ALL_V1)
  const applied: unknown[] = []
  const controller = new GatewayController({
    engine: {apply: async (given: unknown) => (applied.push(given), [])} as unknown as Engine,
    events: {} as unknown as EventRecorder,
    gather: () => Promise.resolve({} as never),
    log: () => undefined,
    report: (error) => expect.fail(String(error)),
  })
  vi.mocked(compileWorld).mockReturnValueOnce({...routing, listeners: []}).mockReturnValueOnce(routing)
  const first = controller.offer(snapshot as unknown as World)
  while (applied.length === 0) await Promise.resolve()
  for (let turn = 0; turn < turns; turn++) await Promise.resolve()
  await controller.offer(snapshot as unknown as World)
  expect(applied.at(-1)).toEqual(routing)
  await first
})
