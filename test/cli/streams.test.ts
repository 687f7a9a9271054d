import {spawn as spawnOnPty} from '@lydell/node-pty'
import {spawn, type ChildProcess} from 'node:child_process'
import {createInterface} from 'node:readline'
import path from 'node:path'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {podsReady} from '../help/pods-ready.js'
import {createSandbox, type Sandbox} from '../help/sandbox.js'

const echo = (version: string, word: string) => {
  const labels = `{app: tcp-echo, version: ${version}}`
  const containers = `[{name: tcp-echo, image: docker.io/istio/tcp-echo-server:1.3, args: ["9000", "${word}"], ports: [{name: tcp, containerPort: 9000}]}]`
  return `{apiVersion: apps/v1, kind: Deployment, metadata: {name: tcp-echo-${version}, namespace: demo}, spec: {selector: {matchLabels: ${labels}}, template: {metadata: {labels: ${labels}}, spec: {containers: ${containers}}}}}`
}

/** Clients in the mesh go to v1 or v2 by the VirtualService; those of the canary to v2 alone. */
const MANIFEST = `
{apiVersion: v1, kind: Namespace, metadata: {name: demo, labels: {istio-injection: enabled}}}
---
{apiVersion: v1, kind: Service, metadata: {name: tcp-echo, namespace: demo}, spec: {selector: {app: tcp-echo}, ports: [{name: tcp, port: 9000}]}}
---
${echo('v1', 'one')}
---
${echo('v2', 'two')}
---
{apiVersion: v1, kind: Pod, metadata: {name: canary, namespace: demo, labels: {track: canary}}, spec: {containers: [{name: curl, image: curlimages/curl, env: [{name: COLOUR, value: blue}]}]}}
---
{apiVersion: networking.istio.io/v1, kind: DestinationRule, metadata: {name: tcp-echo, namespace: demo}, spec: {host: tcp-echo, subsets: [{name: v1, labels: {version: v1}}, {name: v2, labels: {version: v2}}]}}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: tcp-echo, namespace: demo}
spec:
  hosts: [tcp-echo]
  tcp:
  - match: [{sourceLabels: {track: canary}}]
    route: [{destination: {host: tcp-echo, subset: v2}}]
  - route: [{destination: {host: tcp-echo, subset: v1}}]
`

const running: ChildProcess[] = []

/** A tshift command that goes on, line by line. */
function start(box: Sandbox, args: readonly string[]) {
  const child = spawn('tshift', [...args], {env: {...process.env, PATH: `${box.directory}/bin:${process.env['PATH']}`, TSHIFT_HOME: box.home, NO_COLOR: '1'}, stdio: ['ignore', 'pipe', 'pipe']})
  running.push(child)
  const errors: Buffer[] = []
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk))
  const lines = createInterface({input: child.stdout})[Symbol.asyncIterator]()
  const exit = new Promise<{code: number | null; stderr: string}>((resolve) => child.on('close', (code) => resolve({code, stderr: Buffer.concat(errors).toString()})))
  return {child, exit, line: async () => (await lines.next()).value as string | undefined}
}

describe.runIf(process.platform === 'linux')('streams', () => {
  let box: Sandbox
  beforeAll(async () => {
    box = createSandbox()
    await box.ok('tshift config set-context --current --namespace=demo')
    await box.ok('tshift apply -f -', {input: MANIFEST})
    await box.ok('tshift gateway start --bind "$BIND"')
    await podsReady(box, '', 3)
  })
  afterAll(async () => {
    for (const child of running) child.kill('SIGKILL')
    await box.close()
  })

  test('a program run in a pod has its environment, connects from its address and knows Services by name', async () => {
    const names = ['tcp-echo', 'tcp-echo.demo', 'tcp-echo.demo.svc.cluster.local']
    const loop = (pod: string) => box.ok(`tshift exec ${pod} -- sh -c 'for name in ${names.join(' ')}; do echo $COLOUR | nc $name 9000; done'`)
    expect(await Promise.all([loop('canary'), loop('deploy/tcp-echo-v1')])).toEqual(['two blue\n'.repeat(3), 'one \n'.repeat(3)])
  })

  test.each([
    ['exec canary -- sh -c "echo out; echo err >&2; exit 7"', 7, 'out\n', 'err\ncommand terminated with exit code 7\n'],
    ['exec -itq pod/canary -- cat', 0, 'input', ''],
    ['exec -it canary -- true', 0, '', 'Unable to use a TTY - input is not a terminal or the right kind of file\n'],
    ['exec canary -- nc nope.demo.svc.cluster.local 1', 1, '', 'nc: getaddrinfo for host "nope.demo.svc.cluster.local" port 1: Name or service not known\ncommand terminated with exit code 1\n'],
  ])('%s', async (line, code, stdout, stderr) => {
    expect(await box.sh(`tshift ${line}`, {input: 'input'})).toEqual({code, stdout, stderr})
  })

  test('-it gives a program a terminal of the size of the window, and its exit code', async () => {
    const env = {...(process.env as Record<string, string>), TSHIFT_HOME: box.home}
    const terminal = spawnOnPty(path.join(box.directory, 'bin/tshift'), ['exec', '-it', 'canary', '--', 'sh', '-c', 'test -t 0 && test -t 1 && stty size; read line; until [ "$(stty size)" = "20 70" ]; do sleep 0.05; done; stty size; exit 5'], {cols: 91, rows: 33, env})
    let shown = ''
    const exit = new Promise<number>((resolve) => terminal.onExit(({exitCode}) => resolve(exitCode)))
    terminal.onData((text) => {
      if (shown.length === 0) {
        terminal.resize(70, 20)
        terminal.write('typed\r')
      }
      shown += text
    })
    expect(await exit).toBe(5)
    expect(shown).toBe('33 91\r\ntyped\r\n20 70\r\ncommand terminated with exit code 5\r\n')
  })

  test('several logs are followed at once, forwarded connections arrive, and both end with the pods', async () => {
    const logs = start(box, ['logs', '-f', '-l', 'app=tcp-echo', '-c', 'tcp-echo', '--prefix', '--tail', '1'])
    expect([await logs.line(), await logs.line()].sort()).toEqual([
      expect.stringMatching(/^\[pod\/tcp-echo-v1-\S+\/tcp-echo\] /),
      expect.stringMatching(/^\[pod\/tcp-echo-v2-\S+\/tcp-echo\] /),
    ])
    const forward = start(box, ['port-forward', '--address', '127.0.0.1', 'deploy/tcp-echo-v1', ':tcp'])
    const port = /^Forwarding from 127\.0\.0\.1:(\d+) -> 9000$/.exec((await forward.line()) ?? '')?.[1]
    expect(await box.ok(`echo hi | nc 127.0.0.1 ${port}`)).toBe('one hi\n')
    expect(await forward.line()).toBe(`Handling connection for ${port}`)
    expect([await logs.line(), await logs.line()]).toEqual([expect.stringMatching(/tcp-echo\] request: hi$/), expect.stringMatching(/tcp-echo\] response: one hi$/)])

    await box.ok('tshift delete deploy tcp-echo-v1 tcp-echo-v2 --wait=false')
    expect(await forward.exit).toEqual({code: 1, stderr: 'error: lost connection to pod\n'})
    expect(await logs.exit).toEqual({code: 0, stderr: ''})
  })
})
