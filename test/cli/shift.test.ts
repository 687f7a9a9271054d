import {readFileSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {afterAll, beforeAll, beforeEach, describe, expect, test} from 'vitest'
import {podsReady} from '../help/pods-ready.js'
import {createSandbox, type Sandbox} from '../help/sandbox.js'

const FLAKY = path.join(import.meta.dirname, 'flaky-echo.js')
/** A false alarm of one in a million: these tests do not fail by chance. */
const SURE = '--alpha 1e-6'

describe('shift, with real connections', () => {
  let box: Sandbox
  const phase = () => box.ok(`tshift get configmap tshift-shift-tcp-echo -o jsonpath='{.data.phase}'`)
  const until = (wanted: string) =>
    box.ok(
      `for i in {1..200}; do [ "$(tshift get configmap tshift-shift-tcp-echo -o jsonpath='{.data.phase}')" = ${wanted} ] && exit 0; sleep 0.05; done; exit 1`,
    )
  const weights = () => box.ok(`tshift get vs tcp-echo -o jsonpath='{.spec.tcp[0].route[*].destination.subset} {.spec.tcp[0].route[*].weight}'`)
  const holder = async () => (JSON.parse(await box.ok(`tshift get configmap tshift-shift-tcp-echo -o jsonpath='{.data.lease}'`)) as {pid: number}).pid

  beforeAll(async () => {
    box = createSandbox()
    await box.ok('tshift apply -f tcp-echo/tcp-echo-services.yaml -f tcp-echo/tcp-echo-all-v1.yaml && tshift gateway start --bind $BIND --allow-host-commands')
    await podsReady(box, '-l app=tcp-echo', 2)
  })
  beforeEach(() => box.ok('tshift apply -f tcp-echo/tcp-echo-all-v1.yaml'))
  afterAll(() => box.close())

  test('a dry run prints what each step would change and changes nothing', async () => {
    const text = await box.ok('tshift shift tcp-echo --to v2 --steps 20,100 --dry-run')
    expect(text.split('\n').filter((line) => /^[#+-].*(step|weight)/.test(line))).toEqual([
      '# step 1: 20% of the traffic from v1 to v2',
      '+      weight: 80',
      '+      weight: 20',
      '# step 2: 100% of the traffic from v1 to v2',
      '-      weight: 80',
      '+      weight: 0',
      '-      weight: 20',
      '+      weight: 100',
    ])
    expect(await weights()).toBe('v1 ')
  })

  test('a good version gets everything, step by step; hooks are asked, the file follows, undo takes it back', async () => {
    const file = path.join(box.directory, 'all-v1.yaml')
    writeFileSync(
      file,
      readFileSync(path.join(import.meta.dirname, '../../examples/tcp-echo/tcp-echo-20-v2.yaml'), 'utf8').replace('weight: 20', 'weight: 20 # the new one'),
    )
    const hooks = ['confirm-rollout', 'confirm-promotion', 'post-rollout'].map((name) => `--hook '${name}=tee -a ${box.directory}/hooks'`).join(' ')
    const run = await box.sh(
      `tshift shift tcp-echo --to v2 --steps 50,100 --hold 3 --bake 100ms --max-latency-ratio 100 ${SURE} --write ${file} ${hooks} -o json`,
    )
    expect(run.code, run.stderr).toBe(0)
    const report = JSON.parse(run.stdout) as {status: string; exitCode: number; results: {verdict: string; held: unknown}[]}
    expect(report).toMatchObject({status: 'Healthy', exitCode: 0})
    expect(report.results.map(({verdict, held}) => ({verdict, held}))).toEqual(Array(2).fill({verdict: 'PASS', held: {opened: 3, cut: 0}}))
    expect(await weights()).toBe('v1 v2 0 100')
    expect(readFileSync(file, 'utf8')).toMatch(/weight: 0\n[\s\S]*weight: 100 # the new one\n/)
    const asked = readFileSync(path.join(box.directory, 'hooks'), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as {metadata: {hook: string}})
    expect(asked.map(({metadata}) => metadata.hook)).toEqual(['confirm-rollout', 'confirm-promotion', 'post-rollout'])
    expect(await box.ok('tshift shift undo')).toBe('virtualservice.networking.istio.io/tcp-echo rolled back to revision 1 (v1 100)\n')
    expect(await weights()).toBe('v1 ')
    expect((await box.ok('tshift shift history')).split('\n').map((line) => line.replace(/^(\S+) +\S+ +/, '$1 ').replace(/ {2,}/g, ' | '))).toEqual([
      'REVISION WEIGHTS | CAUSE',
      '1 v1 100 | before the shift to v2 (a shift began here)',
      '2 v1 50 / v2 50 | 50% to v2',
      '3 v1 0 / v2 100 | 100% to v2',
      '4 v1 100 | undo to revision 1',
      '',
    ])
  })

  test('a version that closes one connection in twenty is rolled back, and nothing goes there any more', async () => {
    await box.ok(`tshift delete deployment tcp-echo-v2 && tshift apply -f -`, {input: flakyDeployment})
    await box.ok(
      `for i in {1..200}; do [ "$(tshift get pods -l version=v2 -o jsonpath='{.items[*].status.conditions[?(@.type=="Ready")].status}')" = True ] && exit 0; sleep 0.05; done; exit 1`,
    )
    const run = await box.sh(`tshift shift tcp-echo --to v2 --steps 50,100 ${SURE}`)
    expect(run.code, run.stdout + run.stderr).toBe(6)
    expect(run.stdout).toMatch(
      /✘ 50% step: v2 failed \d+ of \d+ connections \(\d\.?\d?%; v1 0 of \d+\)\n {2}rolled back to v1 100, verified: 300 connections, none on v2\n$/,
    )
    expect(await weights()).toBe('v1 ')
    expect((await box.sh('tshift shift status')).code).toBe(6)
    await box.ok('tshift delete deployment tcp-echo-v2 && tshift apply -f tcp-echo/tcp-echo-services.yaml')
    await podsReady(box, '-l app=tcp-echo', 2)
  })

  test('a second process pauses, is refused a shift of its own, and promotes', async () => {
    const first = box.sh(`tshift shift tcp-echo --to v2 --steps 20,50,100 --pause-after 20 ${SURE}`)
    await until('paused')
    expect(await box.sh('tshift shift tcp-echo --to v2')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/error: virtual service "tcp-echo" is being shifted by process \d+\n/),
    })
    expect(await box.sh('tshift shift tcp-echo --to v3')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('a shift of virtual service "tcp-echo" to v2 is not over'),
    })
    expect((await box.sh('tshift shift status')).code).toBe(7)
    expect(await box.ok('tshift shift promote 2>&1')).toBe('shift of virtual service "tcp-echo": Progressing\n')
    expect((await first).code).toBe(0)
    expect(await weights()).toBe('v1 v2 0 100')
  })

  test('a second process aborts', async () => {
    const first = box.sh(`tshift shift tcp-echo --to v2 --steps 20,100 --pause each ${SURE}`)
    await until('paused')
    await box.ok('tshift shift abort tcp-echo')
    expect(await first).toMatchObject({
      code: 6,
      stdout: expect.stringMatching(/✘ aborted\n {2}rolled back to v1 100, verified: 300 connections, none on v2\n$/),
    })
  })

  test('a shift that was killed is taken up where it was', async () => {
    const first = box.sh(`tshift shift tcp-echo --to v2 --steps 20,100 --pause each ${SURE}`)
    await until('paused')
    process.kill(await holder(), 'SIGKILL')
    await first
    expect(await phase()).toBe('paused')
    const second = await box.sh('tshift shift tcp-echo --to v2 --no-wait')
    expect(second).toMatchObject({code: 7, stderr: expect.stringContaining('taking up the shift to v2 (Paused (manual))')})
    const third = await box.sh('tshift shift promote')
    expect(third.code, third.stderr).toBe(0)
    expect(await weights()).toBe('v1 v2 0 100')
  })

  test('what takes too long is aborted', async () => {
    const run = await box.sh(`tshift shift tcp-echo --to v2 --steps 20,100 --pause each --timeout 1500ms ${SURE}`)
    expect(run).toMatchObject({
      code: 124,
      stdout: expect.stringContaining('✘ not over within 1.5 s\n  rolled back to v1 100, verified: 300 connections, none on v2\n'),
    })
  })

  test('a Rollout for Argo is played', async () => {
    const file = path.join(box.directory, 'rollout.yaml')
    writeFileSync(file, rollout)
    const run = await box.sh(`tshift shift --plan ${file} ${SURE} -o json`)
    expect(run.code, run.stderr).toBe(0)
    expect((JSON.parse(run.stdout) as {plan: object}).plan).toMatchObject({
      from: 'v1',
      to: 'v2',
      steps: [{weight: 40, pause: {type: 'duration', ms: 200}}, {weight: 100}],
    })
    expect(run.stderr).toContain('analysis: every step is verified by tshift itself\n')
  })

  test('a Canary for Flagger is played', async () => {
    const file = path.join(box.directory, 'canary.yaml')
    writeFileSync(file, canary)
    const run = await box.sh(`tshift shift --plan ${file} --from v1 --to v2 ${SURE} -o json`)
    expect(run.code, run.stderr).toBe(0)
    expect((JSON.parse(run.stdout) as {plan: object}).plan).toMatchObject({
      from: 'v1',
      to: 'v2',
      steps: [{weight: 30, pause: {type: 'duration', ms: 100}}, {weight: 60, pause: {type: 'duration', ms: 100}}, {weight: 100}],
    })
    expect(run.stderr).toContain('webhook load-test: give a command with --hook load-test=CMD\n')
    expect(await weights()).toBe('v1 v2 0 100')
  })

  test('promote --full goes to the last step at once, and whoever watches sees every change to the end', async () => {
    const first = box.sh(`tshift shift tcp-echo --to v2 --steps 10,20,30,100 --pause each ${SURE}`)
    await until('paused')
    const watching = box.sh('tshift shift status tcp-echo -w')
    await box.ok('tshift shift promote --full')
    expect((await first).code).toBe(0)
    const watched = await watching
    expect(watched.code, watched.stderr).toBe(0)
    const heads = watched.stdout.split('\n').filter((line) => line.includes('tcp-echo   v1 → v2'))
    expect(heads.at(-1)).toContain('Healthy')
    expect(await weights()).toBe('v1 v2 0 100')
  })

  test('status says that a shift was killed on its way, and how it goes on', async () => {
    const first = box.sh(`tshift shift tcp-echo --to v2 --steps 20,100 --bake 10m ${SURE}`)
    await until('verifying')
    process.kill(await holder(), 'SIGKILL')
    await first
    expect(await box.sh('tshift shift status')).toMatchObject({
      code: 0,
      stderr: "nobody carries it out at present: 'tshift shift tcp-echo' goes on, 'tshift shift abort tcp-echo' rolls back\n",
    })
    expect((await box.sh('tshift shift abort')).code).toBe(6)
  })

  test('Ctrl-C leaves the weights as they are and the shift to be taken up', async () => {
    const first = box.sh(`tshift shift tcp-echo --to v2 --steps 20,100 --pause each ${SURE}`)
    await until('paused')
    process.kill(await holder(), 'SIGINT')
    expect(await first).toMatchObject({code: 130, stderr: expect.stringContaining("interrupted: the weights stay as they are\n'tshift shift tcp-echo' goes on")})
    expect(await weights()).toBe('v1 v2 80 20')
    expect((await box.sh('tshift shift abort')).code).toBe(6)
  })

  test('bad input is refused in a sentence and changes nothing', async () => {
    const cases = [
      ['--to v9', 2, 'there is nothing to shift to: "v9" does not exist'],
      ['', 2, 'no destination is named'],
      ['--to v2 --steps 50,20', 2, 'cannot read "50,20" as steps'],
      ['--to v2 --tolerance 5', 2, 'a tolerance of 5 points is too wide for "v2"'],
      ['--to v2 --hook nonsense=true', 2, 'there is no hook "nonsense"'],
      ['--to v2 --write sleep/sleep.yaml', 2, 'sleep/sleep.yaml does not hold the tcp route of virtual service "tcp-echo"'],
      ['--to v2 -n nowhere', 1, 'virtualservices.networking.istio.io "tcp-echo" not found'],
    ] as const
    const runs = await Promise.all(cases.map(([flags]) => box.sh(`tshift shift tcp-echo ${flags}`)))
    expect(runs).toEqual(cases.map(([, code, message]) => ({code, stdout: '', stderr: expect.stringContaining(message) as string})))
    expect(await weights()).toBe('v1 ')
  })
})

const flakyDeployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: tcp-echo-v2
spec:
  selector:
    matchLabels: {app: tcp-echo, version: v2}
  template:
    metadata:
      labels: {app: tcp-echo, version: v2}
      annotations:
        tshift.dev/command: ${process.execPath} ${FLAKY} two 20
    spec:
      containers:
      - name: tcp-echo
        image: istio/tcp-echo-server:1.2
        args: ["9000", "two"]
        ports:
        - containerPort: 9000
`

const canary = `apiVersion: flagger.app/v1beta1
kind: Canary
metadata:
  name: tcp-echo
spec:
  targetRef: {apiVersion: apps/v1, kind: Deployment, name: tcp-echo}
  service: {port: 9000, appProtocol: TCP}
  analysis:
    interval: 100ms
    stepWeight: 30
    maxWeight: 60
    webhooks:
    - {name: load, type: load-test, url: http://loadtester/}
`

const rollout = `apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata:
  name: tcp-echo
spec:
  strategy:
    canary:
      trafficRouting:
        istio:
          virtualService:
            name: tcp-echo
            tcpRoutes:
            - port: 31400
          destinationRule:
            name: tcp-echo-destination
            stableSubsetName: v1
            canarySubsetName: v2
      steps:
      - setWeight: 40
      - pause: {duration: 200ms}
      - analysis:
          templates: []
`
