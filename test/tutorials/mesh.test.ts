import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {podsReady} from '../help/pods-ready.js'
import {createSandbox, type Sandbox} from '../help/sandbox.js'

const NS = 'istio-io-tcp-traffic-shifting'

/** Istio's curl sample as far as it matters. */
const CURL = `{apiVersion: apps/v1, kind: Deployment, metadata: {name: curl}, spec: {selector: {matchLabels: {app: curl}}, template: {metadata: {labels: {app: curl}}, spec: {containers: [{name: curl, image: curlimages/curl, command: ["/bin/sleep", "infinity"]}]}}}}`

const route = (v1: number, v2: number) => `
{apiVersion: networking.istio.io/v1, kind: DestinationRule, metadata: {name: tcp-echo}, spec: {host: tcp-echo, subsets: [{name: v1, labels: {version: v1}}, {name: v2, labels: {version: v2}}]}}
---
{apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: tcp-echo}, spec: {hosts: [tcp-echo], tcp: [{route: [{destination: {host: tcp-echo, subset: v1}, weight: ${v1}}, {destination: {host: tcp-echo, subset: v2}, weight: ${v2}}]}]}}`

/** The task's loop as it goes within the mesh, without a gateway: the client's sidecar follows the VirtualService. */
describe.runIf(process.platform === 'linux')('traffic shifting within the mesh', () => {
  let box: Sandbox
  const n = `-n ${NS}`

  beforeAll(async () => {
    box = createSandbox()
    await box.ok(`tshift create namespace ${NS} && tshift label namespace ${NS} istio-injection=enabled`)
    await box.ok(`tshift apply ${n} -f - -f tcp-echo/tcp-echo-services.yaml`, {input: CURL})
    await box.ok(`tshift apply ${n} -f -`, {input: route(100, 0)})
    await box.ok('tshift gateway start --bind $BIND --seed 1')
    await podsReady(box, n, 3)
  })
  afterAll(() => box.close())

  const exec = (line: string) => box.ok(`export CURL=$(tshift get pod ${n} -l app=curl -o jsonpath={.items..metadata.name}); ${line}`)

  test('the loop goes to v1 alone, by every name of the Service', async () => {
    const names = ['tcp-echo', `tcp-echo.${NS}`, `tcp-echo.${NS}.svc.cluster.local`]
    const lines = await exec(`for name in ${names.join(' ')}; do tshift exec "$CURL" ${n} -c curl -- sh -c "(date; sleep 0.1) | nc $name 9000"; done`)
    expect(lines.trimEnd().split('\n')).toEqual(Array(3).fill(expect.stringMatching(/^one \w{3} .*\d{4}$/)))
  })

  test('after the shift both versions answer', async () => {
    expect(await box.ok(`tshift apply ${n} -f -`, {input: route(50, 50)})).toContain('virtualservice.networking.istio.io/tcp-echo configured\n')
    const lines = await exec(`tshift exec "$CURL" ${n} -c curl -- sh -c 'for i in 1 2 3 4 5 6 7 8; do echo hi | nc tcp-echo 9000 & done; wait'`)
    expect([...new Set(lines.trimEnd().split('\n'))].sort()).toEqual(['one hi', 'two hi']) // the seed makes it certain
  })
})
