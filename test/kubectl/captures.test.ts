import path from 'node:path'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {createSandbox, type Sandbox} from '../help/sandbox.js'
import {capturedCommands, type Captured} from './captured-commands.js'
import {changesNothing} from './changes-nothing.js'
import {DIFFERENT} from './different.js'
import {mask} from './mask.js'

const NAMESPACE = 'istio-io-tcp-traffic-shifting'
const manifests = path.join(import.meta.dirname, 'manifests')
const captured = capturedCommands()
const listed = captured.filter(({command}) => command in DIFFERENT)

/**
 * One long session as it went with kubectl, typed again with tshift: each command builds on those before it. Those that change nothing are typed
 * together with their neighbours, the others one by one.
 */
describe('what was captured from kubectl 1.35.2', () => {
  let box: Sandbox
  /** Names that were captured, with those of this run. */
  let pods: Readonly<Record<string, string>> = {}
  let same = 0
  beforeAll(async () => {
    box = createSandbox()
    await box.ok('tshift gateway start --bind $BIND')
    await box.ok(`tshift config set-context --current --namespace=${NAMESPACE}`)
  })
  afterAll(() => box.close())

  const lived = (command: string) => Object.entries(pods).reduce((line, [name, actual]) => line.replaceAll(name, actual), command)

  async function typeAgain({command, output, exitCode}: Captured): Promise<void> {
    const {stdout, code} = await box.sh(`{ ${lived(command)}; } 2>&1`, {cwd: manifests})
    if (command.includes('wait --for=condition=Available')) pods = await podNames(box)
    const isSame = mask(stdout) === mask(output) && code === exitCode
    if (isSame) same++
    if (command in DIFFERENT) expect(isSame, 'is listed as different and is the same: take it off the list').toBe(false)
    else expect({output: mask(stdout), code}).toEqual({output: mask(output), code: exitCode})
  }

  for (const [index, one] of captured.entries()) {
    test(`${index}: ${one.command}${one.command in DIFFERENT ? ` differs: ${DIFFERENT[one.command]}` : ''}`, {concurrent: changesNothing(one)}, () => typeAgain(one))
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
