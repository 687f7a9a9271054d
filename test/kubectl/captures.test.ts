import path from 'node:path'
import {afterAll, beforeAll, describe, expect, test, vi} from 'vitest'
import {runInProcess} from '../help/in-process.js'
import {createSandbox, type Sandbox} from '../help/sandbox.js'
import {capturedCommands, type Captured} from './captured-commands.js'
import {changesNothing} from './changes-nothing.js'
import {DIFFERENT} from './different.js'
import {mask} from './mask.js'
import {wordsOf} from './words-of.js'

const NAMESPACE = 'istio-io-tcp-traffic-shifting'
const manifests = path.join(import.meta.dirname, 'manifests')
const captured = capturedCommands()
const listed = captured.filter(({command}) => command in DIFFERENT)

/**
 * One long session as it went with kubectl, typed again with tshift: each command builds on those before it. Those that change nothing run in this
 * process, which spares them the start of one.
 */
describe('what was captured from kubectl 1.35.2', () => {
  let box: Sandbox
  /** Names that were captured, with those of this run. */
  let pods: Readonly<Record<string, string>> = {}
  let same = 0
  const before = process.cwd()
  beforeAll(async () => {
    box = createSandbox()
    vi.stubEnv('TSHIFT_HOME', box.home)
    process.chdir(manifests)
    await box.ok('tshift gateway start --bind $BIND')
    await box.ok(`tshift config set-context --current --namespace=${NAMESPACE}`)
  })
  afterAll(async () => {
    process.chdir(before)
    vi.unstubAllEnvs()
    await box.close()
  })

  const lived = (command: string) => Object.entries(pods).reduce((line, [name, actual]) => line.replaceAll(name, actual), command)

  async function typed(one: Captured): Promise<{readonly printed: string; readonly code: number}> {
    const line = lived(one.command)
    if (!changesNothing(one)) {
      const {stdout, code} = await box.sh(`{ ${line}; } 2>&1`, {cwd: manifests})
      return {printed: stdout, code}
    }
    const {stdout, stderr, code} = await runInProcess(wordsOf(line).slice(1))
    return {printed: stdout + stderr, code}
  }

  async function typeAgain(one: Captured): Promise<void> {
    const {command, output, exitCode} = one
    const {printed, code} = await typed(one)
    if (command.includes('wait --for=condition=Available')) pods = await podNames(box)
    const isSame = mask(printed) === mask(output) && code === exitCode
    if (isSame) same++
    if (command in DIFFERENT) expect(isSame, 'is listed as different and is the same: take it off the list').toBe(false)
    else expect({output: mask(printed), code}).toEqual({output: mask(output), code: exitCode})
  }

  for (const [index, one] of captured.entries()) {
    test(`${index}: ${one.command}${one.command in DIFFERENT ? ` differs: ${DIFFERENT[one.command]}` : ''}`, () => typeAgain(one))
  }

  test(`${captured.length - listed.length} of ${captured.length} captured commands print the same, and those that do not are listed`, () => {
    expect(same).toBe(captured.length - listed.length)
    expect(listed.map(({command}) => command).sort()).toEqual(Object.keys(DIFFERENT).sort())
  })
})

async function podNames(box: Sandbox): Promise<Readonly<Record<string, string>>> {
  const names = (await box.ok(`tshift get pods -n ${NAMESPACE} -o jsonpath='{.items[*].metadata.name}'`)).split(' ')
  const first = (prefix: string) => names.find((name) => name.startsWith(prefix)) ?? ''
  return {'tcp-echo-v1-kwk4tpmx7q-ljnnm': first('tcp-echo-v1'), 'tcp-echo-v2-scl4gmdxc2-6hvv8': first('tcp-echo-v2')}
}
