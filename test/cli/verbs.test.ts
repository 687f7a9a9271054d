import {once} from 'node:events'
import {cpSync, mkdirSync, readFileSync, statSync, writeFileSync} from 'node:fs'
import {createServer} from 'node:http'
import path from 'node:path'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {podsReady} from '../help/pods-ready.js'
import {createSandbox, type Sandbox} from '../help/sandbox.js'

const root = path.resolve(import.meta.dirname, '../..')

describe('what apply reads', () => {
  let box: Sandbox
  beforeAll(() => {
    box = createSandbox()
    const nested = path.join(box.directory, 'tree', 'below')
    mkdirSync(nested, {recursive: true})
    cpSync(path.join(root, 'examples/tcp-echo/tcp-echo-services.yaml'), path.join(box.directory, 'tree', 'a.yaml'))
    cpSync(path.join(root, 'examples/tcp-echo/tcp-echo-all-v1.yaml'), path.join(nested, 'b.yml'))
    cpSync(path.join(root, 'README.md'), path.join(box.directory, 'tree', 'notes.md'))
  })
  afterAll(() => box.close())
  const names = (out: string) => out.trim().split('\n').map((line) => line.split(' ')[0])

  test('a directory, and with -R those below it', async () => {
    expect(names(await box.ok(`tshift apply -f ${box.directory}/tree`))).toEqual(['service/tcp-echo', 'deployment.apps/tcp-echo-v1', 'deployment.apps/tcp-echo-v2'])
    expect(names(await box.ok(`tshift apply -R -f ${box.directory}/tree`))).toHaveLength(6)
  })

  test('several -f, standard input, a process substitution and a URL', async () => {
    expect(names(await box.ok('tshift apply -f tcp-echo/tcp-echo-all-v1.yaml -f sleep/sleep.yaml'))).toHaveLength(6)
    expect(names(await box.ok('cat tcp-echo/tcp-echo-20-v2.yaml | tshift apply -f -'))).toEqual(['virtualservice.networking.istio.io/tcp-echo'])
    expect(names(await box.ok('tshift apply -f <(cat tcp-echo/tcp-echo-20-v2.yaml)'))).toEqual(['virtualservice.networking.istio.io/tcp-echo'])
    const server = createServer((request, response) => {
      if (request.url === '/ok.yaml') response.end(readFileSync(path.join(root, 'examples/sleep/sleep.yaml')))
      else response.writeHead(404).end()
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const url = `http://127.0.0.1:${(server.address() as {port: number}).port}`
    expect(await box.ok(`tshift apply -f ${url}/ok.yaml`)).toBe('serviceaccount/sleep unchanged\nservice/sleep unchanged\ndeployment.apps/sleep unchanged\n')
    expect((await box.sh(`tshift apply -f ${url}/missing.yaml`)).stderr).toBe(`error: unable to read URL "${url}/missing.yaml", server reported 404 Not Found, status code=404\n`)
    server.close()
  })

  test('dry runs say what would be and leave everything as it is', async () => {
    expect(await box.ok('tshift apply -f tcp-echo/tcp-echo-all-v1.yaml --dry-run=server')).toBe(
      'gateway.networking.istio.io/tcp-echo-gateway unchanged (server dry run)\ndestinationrule.networking.istio.io/tcp-echo-destination unchanged (server dry run)\nvirtualservice.networking.istio.io/tcp-echo configured (server dry run)\n',
    )
    expect(await box.ok('tshift create namespace foo --dry-run=client -o yaml')).toBe('apiVersion: v1\nkind: Namespace\nmetadata:\n  name: foo\nspec: {}\nstatus: {}\n')
    expect(await box.ok('tshift apply -f tcp-echo/tcp-echo-20-v2.yaml')).toBe('virtualservice.networking.istio.io/tcp-echo unchanged\n')
  })

  test('without a gateway pods are Pending, and deleting a Deployment takes them along', async () => {
    expect(await box.ok('tshift get pods -l version=v1 --no-headers')).toMatch(/^tcp-echo-v1-\S+ +0\/1 +Pending +0 +\d+s\n$/)
    expect(await box.ok('tshift delete deploy tcp-echo-v1')).toBe('deployment.apps "tcp-echo-v1" deleted from default namespace\n')
    expect(await box.sh('tshift get rs,pods -l version=v1')).toMatchObject({code: 0, stdout: '', stderr: 'No resources found in default namespace.\n'})
  })

  test('labels are set, kept and removed with kubectl\'s words', async () => {
    expect(await box.ok('tshift label svc tcp-echo tier=backend')).toBe('service/tcp-echo labeled\n')
    expect(await box.ok('tshift label svc tcp-echo tier=backend')).toBe('service/tcp-echo not labeled\n')
    expect(await box.sh('tshift label svc tcp-echo tier=front')).toMatchObject({code: 1, stderr: "error: 'tier' already has a value (backend), and --overwrite is false\n"})
    expect(await box.ok('tshift label svc tcp-echo tier-')).toBe('service/tcp-echo unlabeled\n')
  })

  test('state is for its owner only', () => {
    expect(statSync(box.home).mode & 0o777).toBe(0o700)
    expect(statSync(path.join(box.home, 'store/data.mdb')).mode & 0o777).toBe(0o600)
  })
})

describe('a running gateway', () => {
  let box: Sandbox
  beforeAll(async () => {
    box = createSandbox()
    await box.ok('tshift apply -f istio-1.1/tcp-echo.yaml')
    await box.ok('tshift gateway start --bind $BIND')
  })
  afterAll(() => box.close())

  /** Kills a child of the gateway whose command line has `what` in it. */
  const kill = (what: string) => box.ok(`kill -9 $(ps -o pid=,args= --ppid $(tshift gateway status -o json | sed -n 's/^ *"pid": \\([0-9]*\\).*/\\1/p') | grep '${what}' | head -1 | awk '{print $1}')`)

  test('a killed workload comes back and counts a restart; traffic heals', async () => {
    await kill('echo-main')
    await box.ok(`for i in {1..100}; do tshift get pods --no-headers | awk '{print $4}' | grep -qx 1 && exit 0; sleep 0.05; done; exit 1`)
    await podsReady(box, '-l app=tcp-echo', 2)
    await box.ok('for i in {1..100}; do tshift probe -n 20 -q > /dev/null && exit 0; sleep 0.05; done; exit 1')
  })

  test('a killed worker is replaced and no connection is refused', async () => {
    const probing = box.sh('tshift probe --count 3000 --alpha 1e-6 -o json')
    await kill('worker-main')
    const {errors} = JSON.parse((await probing).stdout) as {errors: {byKind: Record<string, number>}}
    expect(errors.byKind['refused']).toBeUndefined()
    await box.ok('for i in {1..100}; do tshift gateway status | grep -q "1 replaced after a crash" && exit 0; sleep 0.05; done; exit 1')
  })

  test('no new connection is sent to pods that go, and writes to them meanwhile do no harm', async () => {
    await box.ok('tshift scale deploy tcp-echo-v1 --replicas=4')
    await podsReady(box, '-l version=v1', 4)
    const probing = box.sh('tshift probe --duration 2s -c 8 --alpha 1e-6 -o json')
    const labelling = box.sh('for i in 1 2 3; do tshift label pods --all x=$i --overwrite; done')
    await box.ok('sleep 0.5; tshift scale deploy tcp-echo-v1 --replicas=1')
    const {errors} = JSON.parse((await probing).stdout) as {errors: {byKind: Record<string, number>}}
    await labelling
    expect(errors.byKind['refused']).toBeUndefined()
    expect(errors.byKind['timeout']).toBeUndefined()
    expect(await box.ok('tshift gateway status')).toContain('gateway running')
  })

  test('get -w and logs -f go on with what happens', async () => {
    const watched = await box.ok(`timeout 20 tshift get deploy tcp-echo-v2 -w > ${box.directory}/watch.txt &
for i in {1..100}; do grep -q tcp-echo-v2 ${box.directory}/watch.txt && break; sleep 0.05; done
tshift scale deploy tcp-echo-v2 --replicas=2 > /dev/null
for i in {1..200}; do grep -q '2/2' ${box.directory}/watch.txt && break; sleep 0.05; done
kill %1; cat ${box.directory}/watch.txt`)
    expect(watched.split('\n')[0]).toMatch(/^NAME +READY +UP-TO-DATE +AVAILABLE +AGE$/)
    expect(watched).toMatch(/tcp-echo-v2 +2\/2 +2 +2 +\d+s\n/)
    const followed = await box.ok(`pod=$(tshift get pod -l version=v1 -o jsonpath={.items..metadata.name})
timeout 20 tshift logs -f $pod > ${box.directory}/log.txt &
for i in {1..100}; do tshift probe -n 20 -m marker -q > /dev/null; grep -q 'response: one marker' ${box.directory}/log.txt && break; sleep 0.05; done
kill %1; head -1 ${box.directory}/log.txt`)
    expect(followed).toBe('listening on [::]:9000, prefix: one\n')
  })

  test('a client may stop reading', async () => {
    expect(await box.sh('tshift probe --count 500 -q | head -1; exit ${PIPESTATUS[0]}')).toMatchObject({stderr: ''})
  })
})

test('a pod that never becomes ready keeps neither the gateway nor its own deletion waiting', async () => {
  const box = createSandbox()
  const server = path.join(box.directory, 'server.js')
  writeFileSync(server, "require('net').createServer().listen(Number(process.env.PORT), process.env.POD_IP)\n")
  const manifest = `apiVersion: v1
kind: Pod
metadata:
  name: half
  annotations:
    tshift.dev/command: '${JSON.stringify([process.execPath, server])}'
spec:
  terminationGracePeriodSeconds: 1
  containers:
  - {name: half, image: example/half, ports: [{containerPort: 9000}, {containerPort: 9001}]}
`
  await box.ok('tshift apply -f -', {input: manifest})
  await box.ok('tshift gateway start --bind $BIND --allow-host-commands')
  expect(await box.ok('tshift get pod half --no-headers')).toMatch(/^half +0\/1 +Running +0 +\d+s\n$/)
  expect(await box.ok('timeout 20 tshift delete pod half')).toBe('pod "half" deleted from default namespace\n')
  await box.ok('tshift apply -f -', {input: manifest})
  expect(await box.ok('tshift gateway stop')).toMatch(/^gateway stopped/)
  await box.close()
})
