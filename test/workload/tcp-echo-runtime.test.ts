import {fork} from 'node:child_process'
import {once} from 'node:events'
import {writeFileSync} from 'node:fs'
import {connect} from 'node:net'
import path from 'node:path'
import {setTimeout as delay} from 'node:timers/promises'
import {expect, test} from 'vitest'
import {tcpEchoRuntime} from '../../src/workload/runtimes/tcp-echo-runtime.js'
import {describeRuntimeContract, isAlive} from '../contract/runtime.js'
import {compileEntries} from './compiled-entries.js'
import {containerSpec} from './container-spec.js'
import {exchange} from './exchange.js'
import {freePort} from './free-port.js'

const entry = compileEntries()
const image = 'docker.io/istio/tcp-echo-server:1.3'
const runtime = tcpEchoRuntime({entry: entry('echo-main')})

async function echo(args: readonly string[], command: readonly string[] = []) {
  const ports = new Map([[9000, await freePort()]])
  const container = containerSpec({image, args, command, hostPort: (port) => ports.get(port) ?? port})
  return {container, lines: ['listening on [::]:9000, prefix: one'], port: container.hostPort(9000)}
}

describeRuntimeContract('the tcp-echo runtime', {
  runtime: () => runtime,
  image,
  longRunning: () => echo(['9000', 'one']),
  stopped: {exitCode: 143, signal: 'SIGTERM'},
  dying: {
    container: containerSpec({image, args: ['9000']}),
    exitCode: 1,
    lines: ["you should run it like: 'main [PORTS...] prefix' , please notice PORTS are comma-delineated , like  port 1[,port 2]  "],
  },
  impossible: containerSpec({image, command: ['/bin/sh', '-c', 'true']}),
})

test.each([
  ['istio/tcp-echo-server:1.3', true],
  ['docker.io/istio/tcp-echo-server:1.2', true],
  ['vnoronha/tcp-echo-server:latest', true],
  ['tcp-echo-server', true],
  ['registry:5000/tcp-echo-server@sha256:0a45', true],
  ['registry.io/tcp-echo-server/other:1', false],
  ['istio/tcp-echo', false],
])('the image %s is the echo server: %s', (image, expected) => {
  expect(runtime.runs(image)).toBe(expected)
})

test('it answers at the port it was given, and logs under the port of the image', async () => {
  const {container, port} = await echo(['9000', 'one'])
  const lines: string[] = []
  const running = await runtime.start(container, (line) => lines.push(line))
  await running.ready
  expect(String(await exchange({host: '127.0.0.1', port}, 'hello\n'))).toBe('one hello\n')
  await running.stop(10_000)
  expect(lines).toEqual(['listening on [::]:9000, prefix: one', 'request: hello', 'response: one hello'])
})

test('told to end, it accepts no more and lets its clients finish', async () => {
  const {container, port} = await echo(['9000', 'one'])
  const running = await runtime.start(container, () => undefined)
  await running.ready
  const client = connect({port, host: '127.0.0.1'})
  const answers = client.iterator() as AsyncIterator<Buffer>
  client.write('before\n')
  expect(String((await answers.next()).value)).toBe('one before\n')
  const stopping = running.stop(10_000)
  await refused(port)
  client.write('after\n')
  expect(String((await answers.next()).value)).toBe('one after\n')
  client.end()
  expect(await stopping).toEqual({exitCode: 143, signal: 'SIGTERM'})
})

/** Resolves once connections to the port are refused. */
async function refused(port: number): Promise<void> {
  for (;;) {
    const socket = connect({port, host: '127.0.0.1'})
    const outcome = await once(socket, 'connect').then(() => 'accepted', () => 'refused')
    socket.destroy()
    if (outcome === 'refused') return
    await delay(10)
  }
}

test.each([
  {command: [], args: [], line: 'listening on [::]:9000, prefix: hello'},
  {command: ['/bin/main'], args: ['9000', 'two'], line: 'listening on [::]:9000, prefix: two'},
  {command: ['/bin/tcp-echo', '9000'], args: ['three'], line: 'listening on [::]:9000, prefix: three'},
])('command $command with args $args is what the image would make of it', async ({command, args, line}) => {
  const {container} = await echo(args, command)
  const lines: string[] = []
  const running = await runtime.start(container, (line) => lines.push(line))
  await running.ready
  await running.stop(10_000)
  expect(lines).toEqual([line])
})

test('a port in use ends the container with 1 and the words of Go', async () => {
  const {container} = await echo(['9000', 'one'])
  const first = await runtime.start(container, () => {})
  await first.ready
  const lines: string[] = []
  const second = await runtime.start(container, (line) => lines.push(line))
  expect(await second.exited).toEqual({exitCode: 1})
  expect(lines).toEqual(['failed to create listener, err: listen tcp :9000: bind: address already in use'])
  await first.stop(10_000)
})

test('it dies with the process that started it', async () => {
  const parent = path.join(path.dirname(entry('echo-main')), 'parent.js')
  writeFileSync(
    parent,
    `import {fork} from 'node:child_process'
     const child = fork(${JSON.stringify(entry('echo-main'))}, ['0', 'one'], {detached: true, stdio: ['ignore', 'inherit', 'inherit', 'ipc']})
     child.once('message', () => process.send(child.pid))`,
  )
  const process_ = fork(parent, {stdio: ['ignore', 'pipe', 'inherit', 'ipc'], execArgv: []})
  const [pid] = (await once(process_, 'message')) as [number]
  expect(isAlive(pid)).toBe(true)
  process_.kill('SIGKILL')
  process_.stdout?.resume()
  await once(process_, 'close') // the echo server has the other end of stdout: it is closed once that is gone too
})
