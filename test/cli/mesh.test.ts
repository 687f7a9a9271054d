import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {createSandbox} from '../help/sandbox.js'

/** A Service whose in-mesh clients are routed to v2, and those in the canary to v1. */
const MANIFEST = `
{apiVersion: v1, kind: Namespace, metadata: {name: demo, labels: {istio-injection: enabled}}}
---
{apiVersion: v1, kind: Service, metadata: {name: tcp-echo, namespace: demo}, spec: {selector: {app: tcp-echo}, ports: [{name: tcp, port: 9000}]}}
---
${echo('v1', 'one')}
---
${echo('v2', 'two')}
---
{apiVersion: v1, kind: Pod, metadata: {name: canary, namespace: demo, labels: {track: canary}}, spec: {containers: [{name: sleep, image: curlimages/curl}]}}
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
    route: [{destination: {host: tcp-echo, subset: v1}}]
  - route: [{destination: {host: tcp-echo, subset: v2}}]
`

function echo(version: string, word: string): string {
  const labels = `{app: tcp-echo, version: ${version}}`
  const containers = `[{name: tcp-echo, image: docker.io/istio/tcp-echo-server:1.3, args: ["9000", "${word}"], ports: [{containerPort: 9000}]}]`
  return `{apiVersion: apps/v1, kind: Deployment, metadata: {name: tcp-echo-${version}, namespace: demo}, spec: {selector: {matchLabels: ${labels}}, template: {metadata: {labels: ${labels}}, spec: {containers: ${containers}}}}}`
}

describe.runIf(process.platform === 'linux')('the address of a Service', () => {
  const sandbox = createSandbox()
  beforeAll(async () => {
    await sandbox.ok('tshift apply -f -', {input: MANIFEST})
    await sandbox.ok('tshift gateway start --bind "$BIND"')
  })
  afterAll(() => sandbox.close())

  test('routes each client by the sidecar it has, told by its address', async () => {
    const of = async (query: string) => (await sandbox.ok(`tshift get -n demo ${query}`)).trim()
    const service = await of("svc tcp-echo -o jsonpath='{.spec.clusterIP}'")
    const canary = await of("pod canary -o jsonpath='{.status.podIP}'")
    const lines = await sandbox.ok(`for i in 1 2 3; do echo hi | nc ${service} 9000; echo hi | nc -s ${canary} ${service} 9000; done`)
    expect(lines.trim().split('\n')).toEqual(['two hi', 'one hi', 'two hi', 'one hi', 'two hi', 'one hi'])
    expect(await sandbox.ok('tshift gateway status')).toMatch(new RegExp(`${service}:9000 +mesh +demo/tcp-echo`))
  })
})
