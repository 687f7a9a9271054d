import {afterEach, beforeEach, describe, expect, test, vi} from 'vitest'
import {ContainerRunner} from '../../../src/daemon/pods/container-runner.js'
import type {ContainerExit, Runtime} from '../../../src/workload/runtime.js'

const SPEC = {name: 'tcp-echo', image: 'x', command: [], args: [], env: {}, ports: [], address: '127.0.0.1', hostPort: (port: number) => port}

/** A runtime whose containers end when the test says so. */
function scripted() {
  const ends: ((exit: ContainerExit) => void)[] = []
  const runtime: Runtime = {
    runs: () => true,
    start: async () => {
      let end: (exit: ContainerExit) => void = () => undefined
      const exited = new Promise<ContainerExit>((resolve) => (end = resolve))
      ends.push(end)
      return {pid: 1, ready: Promise.resolve(), exited, stop: async () => ({exitCode: 143})}
    },
  }
  return {runtime, crash: (code = 1) => ends.at(-1)?.({exitCode: code}), starts: () => ends.length}
}

describe('container runner', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  const run = (runtime: Runtime, restartPolicy: 'Always' | 'OnFailure' | 'Never' = 'Always') =>
    new ContainerRunner({spec: SPEC, runtime, restartPolicy, clock: {now: () => Date.now()}, log: () => undefined, changed: () => undefined, event: () => undefined})

  test('a crash is answered by a restart at once, the next ones after 10 s, 20 s, 40 s', async () => {
    const {runtime, crash, starts} = scripted()
    const runner = run(runtime)
    await runner.start()
    await runner.ready
    expect(runner.state).toMatchObject({ready: true, restarts: 0, now: {type: 'running'}})
    crash()
    await vi.advanceTimersByTimeAsync(1)
    expect(runner.state).toMatchObject({ready: true, restarts: 1, last: {exitCode: 1, reason: 'Error'}})
    for (const [index, seconds] of [10, 20, 40].entries()) {
      crash(137)
      await vi.advanceTimersByTimeAsync(seconds * 1000 - 10)
      expect(runner.state).toMatchObject({ready: false, now: {type: 'waiting', reason: 'CrashLoopBackOff'}, restarts: index + 1})
      await vi.advanceTimersByTimeAsync(20)
      expect(runner.state).toMatchObject({ready: true, restarts: index + 2})
    }
    expect(starts()).toBe(5)
  })

  test('ten good minutes make the next restart a short one again', async () => {
    const {runtime, crash} = scripted()
    const runner = run(runtime)
    await runner.start()
    crash()
    await vi.advanceTimersByTimeAsync(1)
    crash()
    await vi.advanceTimersByTimeAsync(10_001)
    await vi.advanceTimersByTimeAsync(700_000)
    crash()
    await vi.advanceTimersByTimeAsync(9_000)
    expect(runner.state.now).toMatchObject({reason: 'CrashLoopBackOff', message: 'back-off 10s restarting failed container=tcp-echo'})
  })

  test.each([
    ['Never', 1, 'terminated'],
    ['OnFailure', 0, 'terminated'],
    ['OnFailure', 1, 'running'],
  ] as const)('with %s an exit with %i leaves it %s', async (policy, code, state) => {
    const {runtime, crash} = scripted()
    const runner = run(runtime, policy)
    await runner.start()
    crash(code)
    await vi.advanceTimersByTimeAsync(1)
    expect(runner.state.now.type).toBe(state)
  })

  test('a runtime that refuses leaves the container waiting with the reason', async () => {
    const runner = run({runs: () => true, start: () => Promise.reject(new Error('no such image'))})
    await runner.start()
    expect(runner.state).toMatchObject({ready: false, now: {type: 'waiting', reason: 'ErrImagePull', message: 'no such image'}})
  })

  test('a container that is never ready can be stopped', async () => {
    const runner = run({runs: () => true, start: async () => ({pid: 1, ready: new Promise(() => undefined), exited: new Promise(() => undefined), stop: async () => ({exitCode: 143})})})
    await runner.start()
    expect(runner.state).toMatchObject({ready: false, now: {type: 'running'}})
    await runner.stop(0)
  })

  test('a stopped container is not restarted', async () => {
    const {runtime, crash, starts} = scripted()
    const runner = run(runtime)
    await runner.start()
    await runner.stop(0)
    crash()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(starts()).toBe(1)
  })
})
