import path from 'node:path'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {createSandbox, type Sandbox} from '../help/sandbox.js'
import {capturedCommands} from './captured-commands.js'
import {DIFFERENT} from './different.js'
import {mask} from './mask.js'

const NAMESPACE = 'istio-io-tcp-traffic-shifting'
const manifests = path.join(import.meta.dirname, 'manifests')

/** One long session as it went with kubectl, typed again with tshift: each command builds on those before it. */
describe('what was captured from kubectl 1.35.2', () => {
  let box: Sandbox
  /** Names that were captured, with those of this run. */
  let pods: Readonly<Record<string, string>> = {}
  beforeAll(async () => {
    box = createSandbox()
    await box.ok('tshift gateway start --bind $BIND')
    await box.ok(`tshift config set-context --current --namespace=${NAMESPACE}`)
  })
  afterAll(() => box.close())

  const lived = (command: string) => Object.entries(pods).reduce((line, [captured, actual]) => line.replaceAll(captured, actual), command)

  test.each(capturedCommands().map((captured, index) => ({...captured, index})))('$index: $command', async ({command, output, exitCode}) => {
    const {stdout, code} = await box.sh(`{ ${lived(command)}; } 2>&1`, {cwd: manifests})
    if (command.includes('wait --for=condition=Available')) pods = await podNames(box)
    const isSame = mask(stdout) === mask(output) && code === exitCode
    if (DIFFERENT[command] === undefined) expect({output: mask(stdout), code}).toEqual({output: mask(output), code: exitCode})
    else expect(isSame, 'is listed as different and is the same: take it off the list').toBe(false)
  })
})

async function podNames(box: Sandbox): Promise<Readonly<Record<string, string>>> {
  const names = (await box.ok(`tshift get pods -n ${NAMESPACE} -o jsonpath='{.items[*].metadata.name}'`)).split(' ')
  const first = (prefix: string) => names.find((name) => name.startsWith(prefix)) ?? ''
  return {'tcp-echo-v1-kwk4tpmx7q-ljnnm': first('tcp-echo-v1'), 'tcp-echo-v2-scl4gmdxc2-6hvv8': first('tcp-echo-v2')}
}
