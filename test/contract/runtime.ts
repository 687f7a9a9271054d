import {describe, expect, test} from 'vitest'
import type {ContainerSpec, RunningContainer, Runtime} from '../../src/workload/runtimes/runtime.js'

export interface RuntimeContract {
  readonly runtime: () => Runtime
  /** An image that the runtime runs. */
  readonly image: string
  /** A container that runs until it is stopped, and lines that it has logged by the time it is ready. */
  readonly longRunning: () => Promise<{readonly container: ContainerSpec; readonly lines: readonly string[]}>
  /** How a running container ends on TERM. */
  readonly stopped: Awaited<RunningContainer['exited']>
  /** How one ends whose process is killed, where that is not the signal. */
  readonly killed?: Awaited<RunningContainer['exited']>
  /** A container that ends by itself, how, and what it logs. Undefined where none does. */
  readonly dying: {readonly container: ContainerSpec; readonly exitCode: number; readonly lines: readonly string[]} | undefined
  /** A container that cannot be started. Undefined where all can. */
  readonly impossible: ContainerSpec | undefined
}

/** What every runtime promises. */
export function describeRuntimeContract(name: string, {runtime, image, longRunning, stopped, killed = {exitCode: 137, signal: 'SIGKILL'}, dying, impossible}: RuntimeContract): void {
  async function start(container: ContainerSpec): Promise<{readonly running: RunningContainer; readonly lines: string[]}> {
    const lines: string[] = []
    return {running: await runtime().start(container, (line) => lines.push(line)), lines}
  }

  describe(`${name} keeps the contract of a runtime`, () => {
    test('it says that it runs its image', () => {
      expect(runtime().runs(image)).toBe(true)
    })

    test('a container becomes ready, has logged, and ends when it is stopped', async () => {
      const {container, lines: expected} = await longRunning()
      const {running, lines} = await start(container)
      await running.ready
      expect(lines).toEqual(expected)
      expect(await running.stop(10_000)).toEqual(stopped)
      expect(await running.exited).toEqual(stopped)
      expect(isAlive(running.pid)).toBe(false)
    })

    test('stopping twice, and after the end, gives the same end', async () => {
      const {container} = await longRunning()
      const {running} = await start(container)
      await running.ready
      expect(await Promise.all([running.stop(10_000), running.stop(10_000)])).toEqual([stopped, stopped])
      expect(await running.stop(0)).toEqual(stopped)
    })

    test('the same container can be started again', async () => {
      const {container, lines: expected} = await longRunning()
      for (let round = 0; round < 2; round += 1) {
        const {running, lines} = await start(container)
        await running.ready
        expect(lines).toEqual(expected)
        await running.stop(10_000)
      }
    })

    test.skipIf(dying === undefined)('a container that dies at its start is reported with its exit code and its last words', async () => {
      if (dying === undefined) return
      const {running, lines} = await start(dying.container)
      await running.ready
      expect(await running.exited).toEqual({exitCode: dying.exitCode})
      expect(lines).toEqual(dying.lines)
    })

    test('a killed process is a crash', async ({skip}) => {
      const {container} = await longRunning()
      const {running} = await start(container)
      await running.ready
      if (running.pid === undefined) {
        await running.stop(0)
        return skip('there is no process to kill')
      }
      process.kill(running.pid, 'SIGKILL')
      expect(await running.exited).toEqual(killed)
    })

    test.skipIf(impossible === undefined)('a container that cannot be started is refused with a UserError', async () => {
      if (impossible === undefined) return
      await expect(start(impossible)).rejects.toMatchObject({name: 'UserError'})
    })
  })
}

export function isAlive(pid: number | undefined): boolean {
  if (pid === undefined) return false
  try {
    return process.kill(pid, 0)
  } catch {
    return false // ESRCH
  }
}
