import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import path from 'node:path'
import {afterAll, describe, expect, test} from 'vitest'
import {findContainerEngine} from '../../src/workload/runtimes/container-engine.js'
import {engineRuntime} from '../../src/workload/runtimes/engine-runtime.js'
import {containerSpec} from './container-spec.js'

const directory = mkdtempSync(path.join(tmpdir(), 'tshift-engine-'))
afterAll(() => rmSync(directory, {recursive: true}))

/** A program that notes how it was called, one JSON array a line, and runs `sleep` for a container; `here` are the images it has. */
function fakeEngine(name: string, {here, pulls}: {readonly here: boolean; readonly pulls: boolean}) {
  const calls = path.join(directory, `${name}.calls`)
  const program = path.join(directory, name)
  writeFileSync(calls, '')
  const script = `#!${process.execPath}
const {appendFileSync} = require('node:fs')
const args = process.argv.slice(2)
appendFileSync(${JSON.stringify(calls)}, JSON.stringify(args) + '\\n')
if (args[0] === 'image') process.exit(${here ? 0 : 1})
if (args[0] === 'pull' && !${pulls}) { console.error('no such host'); process.exit(1) }
if (args[0] === 'run') { console.log('up'); process.on('SIGTERM', () => process.exit(143)); setInterval(() => {}, 1 << 30) }
if (args[0] === 'stop') process.exit(1)
`
  writeFileSync(program, script, {mode: 0o755})
  return {program, calls: () => readFileSync(calls, 'utf8').trim().split('\n').map((line) => JSON.parse(line) as string[])}
}

describe('a container engine', () => {
  test('pulls, publishes, mounts and stops by argv', async () => {
    const {program, calls} = fakeEngine('engine', {here: false, pulls: true})
    const lines: string[] = []
    let up = (): void => undefined
    const said = new Promise<void>((resolve) => (up = resolve))
    const container = containerSpec({
      image: 'redis:7',
      command: ['redis-server'],
      args: ['--port', '$(rm -rf /)'],
      env: {A: 'b c'},
      ports: [6379],
      address: '127.1.2.3',
      workingDir: '/data',
      mounts: [{source: '/tmp/x', mountPath: '/etc/x', readOnly: true}],
      id: 'uid-redis',
    })
    const running = await engineRuntime(program).start(container, (line) => {
      lines.push(line)
      up()
    })
    await said
    expect(running.execPrefix).toEqual([program, 'exec', 'tshift-uid-redis'])
    expect(await running.stop(3000)).toEqual({exitCode: 143})
    expect(lines).toEqual(['up'])
    expect(calls()).toEqual([
      ['image', 'inspect', '--', 'redis:7'],
      ['pull', '--quiet', '--', 'redis:7'],
      ['rm', '--force', 'tshift-uid-redis'],
      [
        'run',
        '--rm',
        '--name=tshift-uid-redis',
        '--label=tshift.dev/container=true',
        '--publish=127.1.2.3:6379:6379/tcp',
        '--env=A=b c',
        '--volume=/tmp/x:/etc/x:ro',
        '--workdir=/data',
        '--entrypoint=redis-server',
        '--',
        'redis:7',
        '--port',
        '$(rm -rf /)',
      ],
      ['stop', '--time=3', 'tshift-uid-redis'],
      ['rm', '--force', 'tshift-uid-redis'],
    ])
  })

  test('that cannot pull says why', async () => {
    const {program} = fakeEngine('offline', {here: false, pulls: false})
    const starting = engineRuntime(program).start(containerSpec({image: 'redis:7'}), () => undefined)
    await expect(starting).rejects.toMatchObject({reason: 'ErrImagePull', message: 'Failed to pull image "redis:7": no such host'})
  })

  test('is not used where none is wanted', async () => {
    expect(await findContainerEngine('none')).toBeUndefined()
  })
})

const engine = await findContainerEngine('auto')

test.skipIf(engine === undefined)(`a real container runs (skipped where neither docker nor podman answers: ${engine ?? 'none here'})`, async ({skip}) => {
  if (engine === undefined) return
  const image = process.env['TSHIFT_TEST_IMAGE']
  if (image === undefined) return skip('TSHIFT_TEST_IMAGE names no image that has sh')
  const lines: string[] = []
  const running = await engineRuntime(engine).start(containerSpec({image, command: ['sh', '-c', 'echo up; exit 3'], id: `test-${process.pid}`}), (line) => lines.push(line))
  expect(await running.exited).toEqual({exitCode: 3})
  expect(lines).toEqual(['up'])
})
