import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {podsReady} from '../help/pods-ready.js'
import {createSandbox, type Sandbox} from '../help/sandbox.js'

const n = '-n istio-io-tcp-traffic-shifting'

/** A tutorial that looks at everything on the way: two-part listings, the ingress Service, traffic from outside. */
describe('exposing a TCP service through the ingress gateway', () => {
  let box: Sandbox
  beforeAll(async () => {
    box = createSandbox()
    await box.ok('tshift create namespace istio-io-tcp-traffic-shifting')
    await box.ok('tshift label namespace istio-io-tcp-traffic-shifting istio-injection=enabled')
    await box.ok('tshift gateway start --bind $BIND')
    await box.ok(`tshift apply -f tcp-echo/tcp-echo-services.yaml ${n}`)
    await podsReady(box, n, 2)
  })
  afterAll(() => box.close())

  test('services, deployments and pods are listed together', async () => {
    expect(await box.ok(`tshift get svc,deploy,pod ${n}`)).toMatch(
      new RegExp(
        [
          /^NAME +TYPE +CLUSTER-IP +EXTERNAL-IP +PORT\(S\) +AGE\n/,
          /service\/tcp-echo +ClusterIP +[\d.]+ +<none> +9000\/TCP,9001\/TCP +\d+s\n\n/,
          /NAME +READY +UP-TO-DATE +AVAILABLE +AGE\n/,
          /deployment.apps\/tcp-echo-v1 +1\/1 +1 +1 +\d+s\ndeployment.apps\/tcp-echo-v2 +1\/1 +1 +1 +\d+s\n\n/,
          /NAME +READY +STATUS +RESTARTS +AGE\n/,
          /pod\/tcp-echo-v1-\S+ +2\/2 +Running +0 +\d+s\npod\/tcp-echo-v2-\S+ +2\/2 +Running +0 +\d+s\n$/,
        ]
          .map(({source}) => source)
          .join(''),
      ),
    )
  })

  test('the ingress Service shows its ports', async () => {
    const yaml = await box.ok('tshift get svc istio-ingressgateway -n istio-system -o yaml')
    expect(yaml).toContain('  - name: tcp\n    nodePort: 32432\n    port: 31400\n    protocol: TCP\n    targetPort: 31400\n')
    expect(yaml).toContain('  type: LoadBalancer\n')
  })

  test('all to v1, then a fifth to v2', async () => {
    await box.ok(`tshift apply -f tcp-echo/tcp-echo-all-v1.yaml ${n}`)
    const loop = 'for i in {1..2}; do sh -c "(date; sleep 0.1) | nc $BIND 31400"; done'
    expect((await box.ok(loop)).trimEnd().split('\n')).toEqual(Array(2).fill(expect.stringMatching(/^one /)))
    await box.ok(`tshift apply -f tcp-echo/tcp-echo-20-v2.yaml ${n}`)
    for (const line of (await box.ok(loop)).trimEnd().split('\n')) expect(line).toMatch(/^(one|two) /)
  })

  test('the node port leads to the same listener', async () => {
    expect(await box.ok('echo hello | nc $BIND 32432')).toMatch(/^(one|two) hello\n$/)
  })

  test('five replicas of v1 do not move the split', async () => {
    await box.ok(`tshift scale deployment/tcp-echo-v1 --replicas=5 ${n}`)
    await podsReady(box, `${n} -l version=v1`, 5)
    const report = JSON.parse(await box.ok('tshift probe --count 1000 --alpha 1e-6 -o json')) as {verdict: string}
    expect(report.verdict).toBe('CONSISTENT')
  })

  test('deleting the namespace takes everything in it along', async () => {
    await box.ok('tshift delete namespace istio-io-tcp-traffic-shifting')
    expect(await box.sh(`tshift get pods ${n}`)).toMatchObject({code: 0, stdout: '', stderr: 'No resources found in istio-io-tcp-traffic-shifting namespace.\n'})
  })
})
