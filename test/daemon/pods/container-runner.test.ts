import {afterEach, beforeEach, describe, expect, test, vi} from 'vitest'
import type {Container} from '../../../src/api/kinds/pod-spec.js'
import {ContainerRunner, type ContainerRunnerOptions} from '../../../src/daemon/pods/container-runner.js'
import {ContainerError} from '../../../src/workload/runtimes/container-error.js'
import {unattended, type ContainerExit, type Runtime} from '../../../src/workload/runtimes/runtime.js'
import {containerSpec} from '../../workload/container-spec.js'

/** A runtime whose containers end when the test says so, or are told to. */
function scripted() {
  const ends: ((exit: ContainerExit) => void)[] = []
  const graces: number[] = []
  const runtime: Runtime = {
    runs: () => true,
    readsFiles: false,
    start: async () => {
      let end: (exit: ContainerExit) => void = () => undefined
      const exited = new Promise<ContainerExit>((resolve) => (end = resolve))
      ends.push(end)
      const stop = (graceMs: number) => {
        graces.push(graceMs)
        end({exitCode: 143, signal: 'SIGTERM'})
        return exited
      }
      return {...unattended, pid: 1, execPrefix: [], ready: Promise.resolve(), exited, stop}
    },
  }
  return {runtime, crash: (code = 1) => ends.at(-1)?.({exitCode: code}), starts: () => ends.length, graces}
}

const events: string[] = []

function run(runtime: Runtime, container: Partial<Container> = {}, options: Partial<ContainerRunnerOptions> = {}): ContainerRunner {
  return new ContainerRunner({
    container: {name: 'tcp-echo', image: 'x', ...container},
    placement: {address: '127.0.0.1', hostPort: (port) => port},
    prepare: async () => ({spec: containerSpec({name: 'tcp-echo', image: 'x'}), runtime}),
    allowHostCommands: true,
    restartPolicy: 'Always',
    podName: 'echo_default(uid)',
    graceMs: 30_000,
    waiting: 'ContainerCreating',
    clock: {now: () => Date.now()},
    log: () => undefined,
    changed: () => undefined,
    event: ({reason, message}) => events.push(`${reason}: ${message}`),
    ...options,
  })
}

const STARTED = ['Pulled: Container image "x" already present on machine and can be accessed by the pod', 'Created: Container created', 'Started: Container started']

describe('a container runner', () => {
  beforeEach(() => {
    vi.useFakeTimers()
    events.length = 0
  })
  afterEach(() => void vi.useRealTimers())

  test('a crash is answered by a restart at once, the next ones after 10 s, 20 s … and at most 5 min', async () => {
    const {runtime, crash, starts} = scripted()
    const runner = run(runtime)
    await runner.start()
    await runner.ready
    expect(runner.state).toMatchObject({ready: true, restarts: 0, now: {type: 'running'}})
    crash()
    await vi.advanceTimersByTimeAsync(1)
    expect(runner.state).toMatchObject({ready: true, restarts: 1, last: {exitCode: 1, reason: 'Error'}})
    const waits = [
      [10, '10s'],
      [20, '20s'],
      [40, '40s'],
      [80, '1m20s'],
      [160, '2m40s'],
      [300, '5m0s'],
      [300, '5m0s'],
    ] as const
    for (const [index, [seconds, text]] of waits.entries()) {
      crash(137)
      await vi.advanceTimersByTimeAsync(seconds * 1000 - 10)
      const message = `back-off ${text} restarting failed container=tcp-echo pod=echo_default(uid)`
      expect(runner.state).toMatchObject({ready: false, now: {type: 'waiting', reason: 'CrashLoopBackOff', message}, restarts: index + 1})
      await vi.advanceTimersByTimeAsync(20)
      expect(runner.state).toMatchObject({ready: true, restarts: index + 2})
    }
    expect(starts()).toBe(9)
    expect(events.slice(0, 7)).toEqual([...STARTED, ...STARTED, 'BackOff: Back-off restarting failed container tcp-echo in pod echo_default(uid)'])
  })

  test('ten good minutes make it a container that never crashed', async () => {
    const {runtime, crash, starts} = scripted()
    const runner = run(runtime)
    await runner.start()
    crash()
    await vi.advanceTimersByTimeAsync(1)
    await vi.advanceTimersByTimeAsync(600_001)
    crash()
    await vi.advanceTimersByTimeAsync(1)
    expect(starts()).toBe(3)
    crash()
    await vi.advanceTimersByTimeAsync(1)
    expect(runner.state.now).toMatchObject({message: 'back-off 10s restarting failed container=tcp-echo pod=echo_default(uid)'})
  })

  test.each([
    ['Never', 1, 'terminated', 'Error'],
    ['Never', 0, 'terminated', 'Completed'],
    ['OnFailure', 0, 'terminated', 'Completed'],
    ['OnFailure', 1, 'running', undefined],
    ['Always', 0, 'running', undefined],
  ] as const)('with %s an exit with %i leaves it %s', async (restartPolicy, code, state, reason) => {
    const {runtime, crash} = scripted()
    const runner = run(runtime, {}, {restartPolicy})
    await runner.start()
    crash(code)
    await vi.advanceTimersByTimeAsync(1)
    expect(runner.state.now).toMatchObject({type: state, ...(reason === undefined ? {} : {reason, exitCode: code})})
    expect(runner.isOver).toBe(state === 'terminated')
  })

  test('an image that nothing runs leaves the container waiting with the reason', async () => {
    const runner = run({runs: () => true, readsFiles: false, start: () => Promise.reject(new Error('no such image'))})
    await runner.start()
    await vi.advanceTimersByTimeAsync(600_000)
    expect(runner.state).toMatchObject({ready: false, restarts: 0, now: {type: 'waiting', reason: 'ErrImagePull', message: 'no such image'}})
  })

  test('what is missing in the store is looked for until it is there, and counts no restart', async () => {
    const {runtime} = scripted()
    let isThere = false
    const prepare = async () => {
      if (!isThere) throw new ContainerError('CreateContainerConfigError', 'configmap "settings" not found')
      return {spec: containerSpec({name: 'tcp-echo', image: 'x'}), runtime}
    }
    const runner = run(runtime, {}, {prepare})
    await runner.start()
    expect(runner.state.now).toEqual({type: 'waiting', reason: 'CreateContainerConfigError', message: 'configmap "settings" not found'})
    isThere = true
    await vi.advanceTimersByTimeAsync(2000)
    expect(runner.state).toMatchObject({ready: true, restarts: 0, now: {type: 'running'}})
    expect(events).toEqual(['Failed: Error: configmap "settings" not found', ...STARTED])
  })

  test('what the system has no room for, as a log on a full disk, is tried until there is', async () => {
    const {runtime} = scripted()
    const full = Object.assign(new Error("ENOSPC: no space left on device, open 'tcp-echo.log'"), {code: 'ENOSPC', syscall: 'open'})
    let isFull = true
    const prepare = async () => {
      if (isFull) throw full
      return {spec: containerSpec({name: 'tcp-echo', image: 'x'}), runtime}
    }
    const runner = run(runtime, {}, {prepare})
    await runner.start()
    expect(runner.state.now).toEqual({type: 'waiting', reason: 'CreateContainerError', message: full.message})
    isFull = false
    await vi.advanceTimersByTimeAsync(2000)
    expect(runner.state).toMatchObject({ready: true, restarts: 0, now: {type: 'running'}})
    expect(events).toEqual([`Failed: Error: ${full.message}`, ...STARTED])
  })

  test('a program that cannot be started is tried again as a crash is', async () => {
    const refusal = new ContainerError('RunContainerError', 'exec: "nope": executable file not found in $PATH')
    const runner = run({runs: () => true, readsFiles: false, start: () => Promise.reject(refusal)})
    await runner.start()
    await vi.advanceTimersByTimeAsync(1)
    await vi.advanceTimersByTimeAsync(10_001)
    expect(runner.state).toMatchObject({
      restarts: 2,
      now: {type: 'waiting', reason: 'RunContainerError', message: refusal.message},
      last: {exitCode: 128, reason: 'StartError', message: refusal.message},
    })
  })

  test('nothing is ready before its startup probe has succeeded; a probe that cannot be asked kills nothing', async () => {
    const {runtime, starts} = scripted()
    const dead = {tcpSocket: {port: 'nowhere'}, periodSeconds: 1, failureThreshold: 2}
    const runner = run(runtime, {startupProbe: dead})
    await runner.start()
    await vi.advanceTimersByTimeAsync(5000)
    expect(runner.state).toMatchObject({ready: false, started: false, now: {type: 'running'}})
    expect(events.at(-1)).toBe('Unhealthy: Startup probe errored and resulted in unknown state: port nowhere not found')
    expect(starts()).toBe(1) // an error says nothing about the container
  })

  test('a preStop hook runs before TERM, and what it takes is taken from the grace', async () => {
    const {runtime, graces} = scripted()
    const runner = run(runtime, {lifecycle: {preStop: {sleep: {seconds: 4}}}})
    await runner.start()
    const stopping = runner.stop(10_000)
    await vi.advanceTimersByTimeAsync(3990)
    expect(graces).toEqual([])
    await vi.advanceTimersByTimeAsync(20)
    await stopping
    expect(graces[0]).toBe(6000)
    expect(events).toEqual(STARTED)
  })

  test('a stop without grace cuts short one that is under way', async () => {
    const {runtime, graces} = scripted()
    const runner = run(runtime, {lifecycle: {preStop: {sleep: {seconds: 400}}}})
    await runner.start()
    const stopping = runner.stop(500_000)
    await vi.advanceTimersByTimeAsync(100)
    await runner.stop(0)
    await stopping
    expect(graces[0]).toBe(0)
  })

  test('a postStart hook that fails has the container killed', async () => {
    const {runtime, graces} = scripted()
    const runner = run(runtime, {lifecycle: {postStart: {tcpSocket: {port: 'nowhere'}}}}, {restartPolicy: 'Never'})
    await runner.start()
    expect(await runner.over).toBe(143)
    expect(events).toEqual([...STARTED, 'FailedPostStartHook: PostStartHook failed: port nowhere not found', 'Killing: FailedPostStartHook'])
    expect(graces).toEqual([30_000])
  })

  test('a container that is never ready can be stopped', async () => {
    const {runtime} = scripted()
    const never: Runtime = {...runtime, start: async (spec, log) => ({...(await runtime.start(spec, log)), ready: new Promise(() => undefined)})}
    const runner = run(never)
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
