import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import path from 'node:path'
import {afterAll, describe, expect, test} from 'vitest'
import {findContainerEngine} from '../../src/workload/runtimes/container-engine.js'
import {engineRuntime} from '../../src/workload/runtimes/engine-runtime.js'
import type {ContainerSpec} from '../../src/workload/runtimes/runtime.js'
import {describeRuntimeContract} from '../contract/runtime.js'
import {containerSpec} from './container-spec.js'
import {fakeEngine} from './fake-engine.js'

const directory = mkdtempSync(path.join(tmpdir(), 'tshift-engine-'))
afterAll(() => rmSync(directory, {recursive: true}))

const program = path.join(import.meta.dirname, 'program.js')
const acting = (act: string, change: Partial<ContainerSpec> = {}) => containerSpec({command: [process.execPath], args: [program, act], id: `${process.pid}-${act}`, ...change})
const here = fakeEngine(directory, 'here', {here: true, pulls: false})

describeRuntimeContract('a container engine', {
  runtime: () => engineRuntime(here.program),
  image: 'example/app:1',
  longRunning: async () => ({container: acting('', {args: ['-e', 'setInterval(() => {}, 1e9)']}), lines: []}),
  stopped: {exitCode: 143},
  killed: {exitCode: 137},
  dying: {container: acting('exit3'), exitCode: 3, lines: []},
  impossible: containerSpec({command: ['tshift-no-such-program'], id: `${process.pid}-impossible`}),
})

describe('a container engine', () => {
  test('pulls, publishes, mounts, starts, stops and removes by argv', async () => {
    const engine = fakeEngine(directory, 'engine', {here: false, pulls: true})
    const container = containerSpec({
      image: 'redis:7',
      command: [process.execPath],
      args: ['-e', 'setInterval(() => {}, 1e9)', '$(rm -rf /)'],
      env: {A: 'b c', HOSTNAME: `${'long-'.repeat(12)}po-d`},
      ports: [6379],
      address: '127.1.2.3',
      workingDir: '/data',
      mounts: [{source: '/tmp/x', mountPath: '/etc/x', readOnly: true}],
      id: 'uid-redis',
    })
    const running = await engineRuntime(engine.program).start(container, () => undefined)
    expect(running.execPrefix).toEqual([engine.program, 'exec', 'tshift-uid-redis'])
    expect(await running.stop(3000)).toEqual({exitCode: 143})
    const calls = engine.calls().map((words) => words.map((word) => word.replace(/^(tshift-uid-redis)\.\d+$/, '$1 by its id')))
    expect(calls.filter(([verb]) => verb !== 'inspect')).toEqual([
      ['image', 'inspect', '--', 'redis:7'],
      ['pull', '--quiet', '--', 'redis:7'],
      ['rm', '--force', 'tshift-uid-redis'],
      [
        'create',
        '--name=tshift-uid-redis',
        '--label=tshift.dev/container=true',
        '--stop-timeout=2',
        `--hostname=${'long-'.repeat(12)}po`,
        '--publish=127.1.2.3:6379:6379/tcp',
        '--env=A=b c',
        `--env=HOSTNAME=${'long-'.repeat(12)}po-d`,
        '--volume=/tmp/x:/etc/x:ro',
        '--workdir=/data',
        `--entrypoint=${process.execPath}`,
        '--',
        'redis:7',
        '-e',
        'setInterval(() => {}, 1e9)',
        '$(rm -rf /)',
      ],
      ['start', '--attach', 'tshift-uid-redis by its id'],
      ['stop', '--time=3', 'tshift-uid-redis by its id'],
      ['rm', '--force', 'tshift-uid-redis by its id'],
    ])
    expect(calls.filter(([verb]) => verb === 'inspect')[0]).toEqual(['inspect', '--type=container', '--format={{.State.Status}} {{.State.Pid}}', 'tshift-uid-redis by its id'])
  })

  test('that cannot pull says why, without what it said before', async () => {
    const {program: offline} = fakeEngine(directory, 'offline', {here: false, pulls: false})
    const starting = engineRuntime(offline).start(containerSpec({image: 'redis:7'}), () => undefined)
    await expect(starting).rejects.toMatchObject({reason: 'ErrImagePull', message: 'Failed to pull image "redis:7": no such host'})
  })

  test('that cannot start a container says why, logs nothing of it, and leaves nothing behind', async () => {
    const lines: string[] = []
    const starting = engineRuntime(here.program).start(containerSpec({command: ['tshift-no-such-program'], id: 'gone'}), (line) => lines.push(line))
    await expect(starting).rejects.toMatchObject({reason: 'RunContainerError', message: 'failed to start the container: tshift-no-such-program not found'})
    expect(lines).toEqual([])
    expect(here.calls().at(-1)).toEqual(['rm', '--force', 'tshift-gone'])
  })

  test('is not used where none is wanted', async () => {
    expect(await findContainerEngine('none')).toBeUndefined()
  })
})

const engine = await findContainerEngine('auto')
const image = process.env['TSHIFT_TEST_IMAGE']

describe.skipIf(engine === undefined || image === undefined)(`with ${engine ?? 'docker or podman, neither of which answers'} and TSHIFT_TEST_IMAGE (an image that has sh)`, () => {
  const sh = (id: string, script: string) => containerSpec({image: image ?? '', command: ['sh', '-c', script], id: `test-${process.pid}-${id}`})

  describeRuntimeContract('a real engine', {
    runtime: () => engineRuntime(engine ?? ''),
    image: image ?? '',
    longRunning: async () => ({container: sh('run', 'trap "exit 143" TERM; while :; do sleep 0.05; done'), lines: []}),
    stopped: {exitCode: 143},
    killed: {exitCode: 137},
    dying: {container: sh('exit3', 'exit 3'), exitCode: 3, lines: []},
    impossible: containerSpec({image: image ?? '', command: ['tshift-no-such-program'], id: `test-${process.pid}-no`}),
  })
})
