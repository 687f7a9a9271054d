import {existsSync, writeFileSync} from 'node:fs'
import {createServer} from 'node:net'
import {once} from 'node:events'
import path from 'node:path'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {createSandbox, type Sandbox} from '../help/sandbox.js'

/** For each mistake: one clear sentence on stderr, the right exit code, and nothing half-written. */
describe('bad input', () => {
  let box: Sandbox
  beforeAll(() => {
    box = createSandbox()
  })
  afterAll(() => box.close())

  const file = (name: string, text: string) => {
    const full = path.join(box.directory, name)
    writeFileSync(full, text)
    return full
  }
  const apply = (name: string, text: string) => box.sh(`tshift apply -f ${file(name, text)}`)

  test('a file that is not there', async () => {
    expect(await box.sh('tshift apply -f nope.yaml')).toEqual({code: 1, stdout: '', stderr: 'error: the path "nope.yaml" does not exist\n'})
  })

  test('an empty file', async () => {
    expect(await apply('empty.yaml', '')).toEqual({code: 1, stdout: '', stderr: 'error: no objects passed to apply\n'})
  })

  test('broken YAML is named by line and column', async () => {
    const {code, stdout, stderr} = await apply('broken.yaml', 'apiVersion: v1\nkind: Service\nmetadata:\n  name: x\n spec: {}\n')
    expect({code, stdout}).toEqual({code: 1, stdout: ''})
    expect(stderr).toMatch(/^error: error parsing .*broken\.yaml: error converting YAML to JSON: yaml: line 5, column \d+: did not find expected key/)
  })

  test('one bad document does not keep the others back', async () => {
    const {code, stdout, stderr} = await apply(
      'mixed.yaml',
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: first}\n---\napiVersion: v1\nkind: Servce\nmetadata: {name: x}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: last}\n',
    )
    expect({code, stdout}).toEqual({code: 1, stdout: 'configmap/first created\nconfigmap/last created\n'})
    expect(stderr).toMatch(/^error: resource mapping not found for name: "x" namespace: "" from ".*mixed\.yaml": no matches for kind "Servce" in version "v1"\nensure CRDs are installed first\n$/)
  })

  test('a 50 MB file is refused quickly', async () => {
    const {code, stderr} = await apply('huge.yaml', `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: huge}\ndata:\n  a: ${'x'.repeat(50 * 1024 * 1024)}\n`)
    expect(code).toBe(1)
    expect(stderr).toMatch(/huge\.yaml/)
    expect(stderr.length).toBeLessThan(1000)
  })

  test('a device without end is read no further than a file may be large', async () => {
    expect(await box.sh('tshift apply -f /dev/zero')).toEqual({code: 1, stdout: '', stderr: 'error: "/dev/zero" is larger than 16 MiB\nsplit it into smaller files\n'})
    expect(await box.sh('tshift apply -f /dev/null')).toEqual({code: 1, stdout: '', stderr: 'error: no objects passed to apply\n'})
  })

  test('a YAML bomb is refused', async () => {
    const levels = Array.from({length: 12}, (_, i) => `l${i + 1}: &l${i + 1} [${Array(10).fill(`*l${i}`).join(', ')}]`)
    const {code, stderr} = await apply('bomb.yaml', `l0: &l0 x\n${levels.join('\n')}\n`)
    expect(code).toBe(1)
    expect(stderr).toMatch(/bomb\.yaml.*alias/)
  })

  test('a duplicate key is refused with its line', async () => {
    const {code, stderr} = await apply('dup.yaml', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: dup}\ndata:\n  a: b\n  a: c\n')
    expect(code).toBe(1)
    expect(stderr).toMatch(/line 6: key "a" already set in map/)
  })

  test.each([
    ['a wrong type', 'weight: heavy', 'spec.tcp[0].route[0].weight in body must be of type integer: "string"'],
    ['an unknown field', 'wieght: 1', 'strict decoding error: unknown field "spec.tcp[0].route[0].wieght"'],
    ['a negative weight', 'weight: -1', 'weight -1 < 0'],
  ])('%s in a VirtualService', async (_, line, text) => {
    const vs = `apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: w}\nspec:\n  hosts: ["*"]\n  gateways: [g]\n  tcp:\n  - route:\n    - destination: {host: a}\n      ${line}\n`
    const {code, stderr} = await apply('vs.yaml', vs)
    expect(code).toBe(1)
    expect(stderr).toContain(text)
  })

  test('two routes that both weigh nothing', async () => {
    const vs = `apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: w}\nspec:\n  hosts: ["*"]\n  gateways: [g]\n  tcp:\n  - route:\n    - destination: {host: a}\n    - destination: {host: b}\n`
    const {code, stderr} = await apply('zero.yaml', vs)
    expect({code, stderr}).toEqual({
      code: 1,
      stderr: `Error from server: error when creating "${path.join(box.directory, 'zero.yaml')}": admission webhook "validation.istio.io" denied the request: configuration is invalid: total destination weight = 0\n`,
    })
  })

  test('a missing namespace and a bad name', async () => {
    expect((await box.sh('tshift apply -f tcp-echo/tcp-echo-services.yaml -n nons')).stderr).toBe(
      'Error from server (NotFound): error when creating "tcp-echo/tcp-echo-services.yaml": namespaces "nons" not found\n'.repeat(3),
    )
    expect((await apply('name.yaml', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: Bad_Name}\n')).stderr).toMatch(/^The ConfigMap "Bad_Name" is invalid: metadata\.name: Invalid value: "Bad_Name": a lowercase RFC 1123 subdomain/)
  })

  test('nothing of the refused was stored', async () => {
    expect((await box.ok('tshift get vs,cm -o name')).trim().split('\n')).toEqual(['configmap/first', 'configmap/last'])
  })

  test('a state directory that cannot be', async () => {
    const {code, stderr} = await box.sh('tshift get pods', {env: {TSHIFT_HOME: '/dev/null/x'}})
    expect(code).toBe(1)
    expect(stderr).toMatch(/^error: .*\/dev\/null\/x.*\n.*TSHIFT_HOME/)
  })

  test('commands that need the gateway say that it does not run', async () => {
    await box.ok('tshift apply -f istio-1.1/tcp-echo.yaml')
    for (const line of ['tshift probe --count 1', 'tshift gateway status']) {
      expect(await box.sh(line)).toEqual({code: 8, stdout: '', stderr: "error: the gateway is not running\nstart it with 'tshift gateway start'\n"})
    }
    expect(await box.ok('tshift gateway stop')).toBe('gateway is not running\n')
  })

  test('a port that another process holds is named with the process', async () => {
    const server = createServer()
    server.listen(31400, box.address)
    await once(server, 'listening')
    const {code, stderr} = await box.sh('tshift gateway start --bind $BIND')
    server.close()
    expect(code).toBe(1)
    expect(stderr).toMatch(new RegExp(`^error: listener 0\\.0\\.0\\.0_31400 of gateway default/tcp-echo-gateway: port 31400 at ${box.address} is in use by .* \\(pid ${process.pid}\\)\n`))
    expect(existsSync(path.join(box.home, 'gateway.pid'))).toBe(false)
  })

  test('a gateway that runs already, and one that was killed', async () => {
    await box.ok('tshift gateway start --bind $BIND')
    expect((await box.sh('tshift gateway start --bind $BIND')).stderr).toMatch(/^error: the gateway is already running \(pid \d+\)\n/)
    const {pid} = JSON.parse(await box.ok('tshift gateway status -o json')) as {pid: number}
    process.kill(pid, 'SIGKILL')
    await box.ok(`while kill -0 ${pid} 2>/dev/null; do sleep 0.05; done`)
    expect(await box.sh('tshift gateway status')).toMatchObject({code: 8, stderr: `error: the gateway is not running: process ${pid} was killed\nstart it again with 'tshift gateway start'\n`})
    await box.ok('for i in {1..100}; do tshift gateway start --bind $BIND && exit 0; sleep 0.1; done; exit 1')
    expect(await box.ok('tshift probe --count 50 -q | wc -l')).toMatch(/^ *50\n$/)
  })

  test('targets that refuse, never answer, answer without a newline, or answer nothing', async () => {
    expect((await box.sh('tshift probe 127.0.0.1:1 --count 3')).code).toBe(8)
    const silent = createServer(() => undefined)
    const curt = createServer({allowHalfOpen: true}, (socket) => socket.end('one'))
    const mute = createServer({allowHalfOpen: true}, (socket) => socket.end())
    const ports = await Promise.all([silent, curt, mute].map(async (server) => {
      server.listen(0, '127.0.0.1')
      await once(server, 'listening')
      return (server.address() as {port: number}).port
    }))
    const slow = await box.sh(`tshift probe 127.0.0.1:${ports[0]} --count 2 --timeout 200ms`)
    expect(slow.code).toBe(5)
    expect(slow.stderr).toMatch(/timeout/)
    expect(await box.sh(`tshift probe 127.0.0.1:${ports[1]} --count 2 --expect one=1`)).toMatchObject({code: 0, stdout: 'oneone'})
    expect((await box.sh(`tshift probe 127.0.0.1:${ports[2]} --count 2`)).code).toBe(5)
    for (const server of [silent, curt, mute]) server.close()
  })

  test.each([
    ['tshift get foo', 1, 'error: the server doesn\'t have a resource type "foo"\n'],
    ['tshift get svc nope', 1, 'Error from server (NotFound): services "nope" not found\n'],
    ['tshift get svc nope -n nons', 1, 'Error from server (NotFound): namespaces "nons" not found\n'],
    ['tshift get pods -l a=none', 0, 'No resources found in default namespace.\n'],
    ['tshift get pods -A -l a=none', 0, 'No resources found\n'],
    ['tshift delete svc nope', 1, 'Error from server (NotFound): services "nope" not found\n'],
    ['tshift logs nopod', 1, 'error: error from server (NotFound): pods "nopod" not found in namespace "default"\n'],
    ['tshift exec nopod -- ls', 1, 'Error from server (NotFound): pods "nopod" not found\n'],
    ['tshift create namespace default', 1, 'Error from server (AlreadyExists): namespaces "default" already exists\n'],
    ['tshift probe nonsense', 2, 'error: cannot read the target "nonsense"\nwrite HOST:PORT, [IPv6]:PORT or gateway/NAME\n'],
    ['echo one | tshift tally --expect one', 2, 'error: cannot read "one" as answer=weight\nwrite answers and weights as one=80,two=20\n'],
    ['tshift tally < /dev/zero', 65, 'error: standard input has a line of more than 1 MiB\n'],
  ])('%s', async (line, code, stderr) => {
    expect(await box.sh(line)).toEqual({code, stdout: '', stderr})
  })
})
