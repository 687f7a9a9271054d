import {once} from 'node:events'
import {existsSync, readFileSync, writeFileSync} from 'node:fs'
import {createServer} from 'node:net'
import path from 'node:path'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {seededRandom} from '../../src/base/random.js'
import {createSandbox, type Sandbox} from '../help/sandbox.js'

/** Lines drawn with a fixed seed: the same in every run. */
function lines(n: number, shareOfTwo: number): string {
  const random = seededRandom(7)
  return Array.from({length: n}, () => `${random() < shareOfTwo ? 'two' : 'one'} x\n`).join('')
}

const samples = {right: lines(1000, 0.2), wrong: lines(1000, 0.5), few: 'one x\n'.repeat(10)}
const FORMATS = ['text', 'json', 'jsonl', 'junit', 'tap', 'sarif', 'github', 'csv', 'prom', 'html']

describe('the gate on lines', () => {
  let box: Sandbox
  beforeAll(() => {
    box = createSandbox()
  })
  afterAll(() => box.close())
  const file = (name: string) => path.join(box.directory, name)

  test.each([
    ['right', 0],
    ['wrong', 3],
    ['few', 4],
  ] as const)('the exit code of a %s sample does not depend on the format', async (name, code) => {
    const codes = await Promise.all(
      FORMATS.map(async (format) => {
        const ran = await box.sh(`tshift tally --expect one=80,two=20 -o ${format} --out ${format}=${file(`${name}.${format}`)}`, {input: samples[name]})
        return [format, ran.code, existsSync(file(`${name}.${format}`))]
      }),
    )
    expect(codes).toEqual(FORMATS.map((format) => [format, code, true]))
  })

  test('the gate with stated error rates passes, fails, or cannot tell', async () => {
    const verdict = async (input: string, flags = '') => {
      const {code, stdout} = await box.sh(`tshift tally --until-sure --expect one=80,two=20 -o json ${flags}`, {input})
      return {code, ...(JSON.parse(stdout) as {verdict: string; mode: string})}
    }
    expect(await verdict(lines(5000, 0.2))).toMatchObject({code: 0, verdict: 'PASS', mode: 'until-sure'})
    expect(await verdict(samples.wrong)).toMatchObject({code: 3, verdict: 'FAIL'})
    expect(await verdict(samples.few)).toMatchObject({code: 4, verdict: 'INCONCLUSIVE'})
    expect(await verdict('three x\n')).toMatchObject({code: 3, verdict: 'FAIL'})
  })

  test('a threshold that is crossed is code 5, and a wrong split still 3', async () => {
    const tally = async (input: string) => (await box.sh(`tshift tally --expect one=80,two=20 --threshold 'share(two)<10'`, {input})).code
    expect([await tally(samples.right), await tally(samples.wrong)]).toEqual([5, 3])
  })

  test('reports of former runs add up; different weights do not', async () => {
    for (const [name, expect_] of [['a', 'one=80,two=20'], ['b', 'one=80,two=20'], ['c', 'one=50,two=50']]) {
      writeFileSync(file(`${name}.json`), (await box.sh(`tshift tally --expect ${expect_} -o json`, {input: samples.right})).stdout)
    }
    expect(JSON.parse(await box.ok(`tshift tally ${file('a.json')} ${file('b.json')} -o json`))).toMatchObject({n: 2000, verdict: 'CONSISTENT'})
    expect(await box.sh(`tshift tally ${file('a.json')} ${file('c.json')}`)).toMatchObject({
      code: 2,
      stderr: `error: ${file('a.json')} and ${file('c.json')} were judged by different weights (one=0.8,two=0.2 and one=0.5,two=0.5)\nruns of different configurations do not add up\n`,
    })
  })

  test('a ledger makes a retry part of the same question', async () => {
    const ledger = file('split.ledger')
    const retry = async () => JSON.parse((await box.sh(`tshift tally --expect one=80,two=20 --append ${ledger} -o json`, {input: lines(400, 0.2)})).stdout) as {n: number; verdict: string}
    expect([(await retry()).n, (await retry()).n, (await retry()).n]).toEqual([400, 800, 1200])
    expect((await box.ok(`tshift tally ledger ${ledger}`)).split('\n')).toHaveLength(6)
    expect(await box.sh(`tshift tally --expect one=50,two=50 --append ${ledger}`, {input: samples.right})).toMatchObject({code: 2, stderr: expect.stringContaining('begin a new ledger')})
    expect(readFileSync(ledger, 'utf8').trim().split('\n')).toHaveLength(3)
  })

  test('an Envoy access log tells the subset by its cluster', async () => {
    const line = (subset: string) =>
      `[2026-08-22T10:00:00.000Z] "- - -" 0 - - - "-" 29 33 1003 - "-" "-" "-" "-" "10.0.0.1:9000" outbound|9000|${subset}|tcp-echo.ns.svc.cluster.local 10.0.0.5:1 10.0.0.5:31400 10.0.0.9:2 - -\n`
    const input = samples.right.split('\n').filter(Boolean).map((text) => line(text.startsWith('two') ? 'v2' : 'v1')).join('')
    expect(JSON.parse(await box.ok('tshift tally --access-log --expect v1=80,v2=20 -o json', {input}))).toMatchObject({n: 1000, verdict: 'CONSISTENT'})
    await box.ok('tshift apply -f istio-1.1/tcp-echo.yaml')
    expect(JSON.parse(await box.ok('tshift tally --access-log -o json', {input}))).toMatchObject({n: 1000, verdict: 'CONSISTENT', expectation: {source: 'VirtualService default/tcp-echo'}})
  })

  test('annotations point at the weight in the manifest', async () => {
    const {stdout} = await box.sh('tshift tally --expect one=80,two=20 -o github --source tcp-echo/tcp-echo-20-v2.yaml', {input: samples.wrong, env: {GITHUB_STEP_SUMMARY: file('summary.md')}})
    expect(stdout).toMatch(/^::error file=tcp-echo\/tcp-echo-20-v2\.yaml,line=19,title=tshift split::/)
    expect(readFileSync(file('summary.md'), 'utf8')).toContain('| one')
  })

  test('plan says how many connections it takes', async () => {
    expect(await box.ok('tshift plan 80/20 --tolerance 5')).toContain('prove 80/20 ± 5 points')
    expect(JSON.parse(await box.ok('tshift plan 80/20 -o json'))).toMatchObject({kind: 'Plan', shares: [{weight: 0.8}, {weight: 0.2}]})
  })

  test.each([
    ['--expect one=80,two=20 --tolerance 30', 2, 'error: a tolerance of 30 points is too wide for "two"'],
    ['--expect one=0,two=0', 2, 'error: the weights in "one=0,two=0" are all 0'],
    ['--expect one=80,two=20 --threshold nonsense', 2, 'error: cannot read the threshold "nonsense"'],
    ["--expect one=80,two=20 --threshold 'share(three)<5'", 2, `error: the threshold "share(three)<5" names "three"`],
    ['--alpha 2', 2, 'error: --alpha is a chance between 0 and 1, not "2"'],
    ['--out nonsense=x', 2, 'error: unknown format "nonsense" in --out nonsense=x'],
  ])('tally %s', async (flags, code, text) => {
    const ran = await box.sh(`tshift tally --until-sure ${flags}`, {input: samples.right})
    expect(ran.code).toBe(code)
    expect(ran.stderr.startsWith(text), ran.stderr).toBe(true)
  })
})

describe('the gateway as target', () => {
  test('where it could not bind the port, nobody else is probed in its place', async () => {
    const box = createSandbox()
    const stranger = createServer((socket) => socket.end('one\n'))
    try {
      stranger.listen(31400, box.address)
      await once(stranger, 'listening')
      await box.ok('tshift gateway start --bind $BIND && tshift apply -f tcp-echo/tcp-echo-services.yaml -f tcp-echo/tcp-echo-all-v1.yaml')
      await box.ok(`for i in {1..100}; do tshift gateway status -o json | grep -q '"bound": false' && exit 0; sleep 0.05; done; exit 1`)
      expect(await box.sh('tshift probe -n 5')).toMatchObject({
        code: 8,
        stdout: '',
        stderr: expect.stringMatching(/^error: gateway\/tcp-echo-gateway \S+:31400: the gateway does not listen there: port 31400 at \S+ is in use by .*\n/),
      })
    } finally {
      stranger.close()
      await box.close()
    }
  })
})
