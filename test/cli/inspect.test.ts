import {cpSync} from 'node:fs'
import path from 'node:path'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {createSandbox, type Sandbox} from '../help/sandbox.js'

/** What istioctl would show, first of what is applied and then of what runs. */
describe('inspection', () => {
  let box: Sandbox
  let cwd: string
  beforeAll(async () => {
    box = createSandbox()
    cwd = box.directory
    cpSync(path.resolve(import.meta.dirname, '../../examples/tcp-echo'), path.join(cwd, 'echo'), {recursive: true})
    await box.ok('tshift apply -f echo/tcp-echo-services.yaml -f echo/tcp-echo-all-v1.yaml -f echo/tcp-echo-20-v2.yaml', {cwd})
  })
  afterAll(() => box.close())

  test('works from what is applied while nothing runs', async () => {
    const {code, stdout} = await box.sh('tshift trace 31400', {cwd})
    expect(code).toBe(1)
    expect(stdout).toContain(
      'share     80% (weight 80 of 100) to subset v1 of tcp-echo: cluster outbound|9000|v1|tcp-echo.default.svc.cluster.local  echo/tcp-echo-20-v2.yaml:19\n',
    )
    expect(stdout).toContain("  mend: nothing runs pods: start the gateway with 'tshift gateway start'\n")
    expect(await box.ok('tshift pc clusters --subset v2', {cwd})).toContain(
      'tcp-echo.default.svc.cluster.local     9000     v2         outbound      EDS      tcp-echo-destination.default\n',
    )
    expect((await box.sh('tshift ps', {cwd})).code).toBe(8)
  })

  test('shows what is in force while the gateway runs', async () => {
    await box.ok('tshift gateway start --bind $BIND', {cwd})
    expect(await box.ok('tshift trace $BIND:31400', {cwd})).toMatch(/it reaches its endpoints\n$/)
    expect(await box.ok('tshift proxy-config listeners deploy/istio-ingressgateway.istio-system --compat', {cwd})).toContain(
      '0.0.0.0   31400 ALL   Cluster: \n',
    )
    expect(await box.ok('tshift pc ep --port 9000', {cwd})).toMatch(/127\.\S+:9000 +HEALTHY +OK +outbound\|9000\|v1\|tcp-echo/)
    expect(await box.ok('tshift ps -v 1', {cwd})).toMatch(/istio-ingressgateway-\S+\.istio-system +Kubernetes +SYNCED +IGNORED +SYNCED +SYNCED/)
    expect(await box.ok('tshift gateway status', {cwd})).toContain(
      `admin http://${box.address}:15000, readiness http://${box.address}:15021, metrics http://${box.address}:15090\n`,
    )
    const dump = await (await fetch(`http://${box.address}:15000/config_dump?include_eds`)).text()
    expect(await box.ok('tshift pc listeners --file -', {cwd, input: dump})).toContain('80 (80%)')
    await box.ok('sed -i "1i # moved down a line" echo/tcp-echo-20-v2.yaml', {cwd})
    expect(await box.ok('tshift trace 31400', {cwd})).toContain('echo/tcp-echo-20-v2.yaml:20\n')
  })
})
