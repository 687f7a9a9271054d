import path from 'node:path'
import {pathToFileURL} from 'node:url'
import {once} from 'node:events'
import {spawn} from 'node:child_process'
import {describe, expect, test} from 'vitest'
import {hostRuntime} from '../../src/workload/runtimes/host-runtime.js'
import {canListen} from '../../src/workload/addresses/port-finder.js'
import type {ContainerSpec, RunningContainer} from '../../src/workload/runtimes/runtime.js'
import {describeRuntimeContract} from '../contract/runtime.js'
import {compileEntries} from './compiled-entries.js'
import {containerSpec} from './container-spec.js'
import {freePort} from './free-port.js'

const entry = compileEntries()
const program = path.join(import.meta.dirname, 'program.js')
const acting = (act: string, change: Partial<ContainerSpec> = {}) => containerSpec({command: [process.execPath, program, act], ...change})

describeRuntimeContract('the host runtime', {
  runtime: () => hostRuntime(),
  image: 'example/app:1',
  async longRunning() {
    return {container: acting('listen', {ports: [await freePort()]}), lines: []}
  },
  stopped: {exitCode: 143, signal: 'SIGTERM'},
  dying: {container: acting('exit3'), exitCode: 3, lines: []},
  impossible: containerSpec({command: ['tshift-no-such-program']}),
})

/** Starts a program and keeps its lines; `said` resolves once the program has logged the line. */
async function start(container: ContainerSpec, options?: Parameters<typeof hostRuntime>[0]) {
  const lines: string[] = []
  const awaited = new Map<string, () => void>()
  const running = await hostRuntime(options).start(container, (line) => {
    lines.push(line)
    awaited.get(line)?.()
  })
  const said = (line: string) => new Promise<void>((resolve) => (lines.includes(line) ? resolve() : awaited.set(line, resolve)))
  return {running, lines, said}
}

describe('a program of this machine as a container', () => {
  test('one that ignores TERM is killed after the grace period', async () => {
    const {running, lines, said} = await start(acting('ignoreTerm'))
    await said('up')
    const stopping = running.stop(300)
    await said('TERM ignored')
    expect(await stopping).toEqual({exitCode: 137, signal: 'SIGKILL'})
    expect(lines).toEqual(['up', 'TERM ignored'])
  })

  test('one that floods its output is read line by line and can be stopped', async () => {
    let seen = 0 // whole lines
    let enough = (): void => {}
    const plenty = new Promise<void>((resolve) => (enough = resolve))
    const running: RunningContainer = await hostRuntime().start(acting('flood'), (line) => {
      seen += line.length === 99 ? 1 : 0
      if (seen === 100_000) enough()
    })
    await plenty
    expect(await running.stop(10_000)).toEqual({exitCode: 143, signal: 'SIGTERM'})
  })

  test.each([
    {act: 'unfinished', expected: ['no newline']},
    {act: 'long', expected: ['é'.repeat(8192), 'é'.repeat(10_000 - 8192), 'end']},
  ])('the lines of "$act" are whole, or cut between characters at 16 KiB', async ({act, expected}) => {
    const {running, lines} = await start(acting(act))
    expect(await running.exited).toEqual({exitCode: 0})
    expect(lines).toEqual(expected)
  })

  test('both of its streams are logged', async () => {
    const {running, lines} = await start(acting('streams'))
    await running.exited
    expect(lines.toSorted()).toEqual(['to stderr', 'to stdout'])
  })

  test('it sees its pod and its own variables, not the secrets of this machine; the annotation comes before its command', async () => {
    const container = acting('exit3', {env: {MINE: 'mine'}, address: '127.9.9.9', ports: [9000], hostPort: (port) => port + 1})
    const command = `'${process.execPath}' ${program} environment $(PORT) "$(MINE) two" $HOME`
    const {running, lines} = await start(container, {command, env: {...process.env, SECRET: 'token'}})
    await running.exited
    expect(JSON.parse(lines[0] ?? '')).toEqual({POD_IP: '127.9.9.9', PORT: '9001', MINE: 'mine', argv: ['9001', 'mine two', '$HOME']})
  })

  test('its children end with it', async () => {
    const port = await freePort()
    const {running, said} = await start(acting('children', {ports: [port]}))
    await said('up') // printed by the child, which listens
    process.kill(running.pid ?? 0, 'SIGKILL')
    expect(await running.exited).toEqual({exitCode: 137, signal: 'SIGKILL'})
    expect(await canListen('127.0.0.1', [port])).toBe(true)
  })

  test('a container without a command cannot run here, and the reason is the missing image', async () => {
    await expect(hostRuntime().start(containerSpec(), () => {})).rejects.toThrow(/^Failed to pull image "example\/app:1": its entry point is unknown/)
  })
})

test('the program ends when the process that runs it is killed', async () => {
  const script = `
    import {spawn} from 'node:child_process'
    import {guardGroup} from ${JSON.stringify(pathToFileURL(entry('parent-guard')))}
    const child = spawn(process.execPath, [${JSON.stringify(program)}, 'run'], {detached: true, stdio: 'inherit'})
    guardGroup(child.pid)`
  const parent = spawn(process.execPath, ['--input-type=module', '-e', script], {stdio: ['ignore', 'pipe', 'inherit']})
  await once(parent.stdout, 'data') // the program is up
  parent.kill('SIGKILL')
  await once(parent, 'close') // nobody has the other end of stdout any more: the program is gone too
})
