import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {podsReady} from '../help/pods-ready.js'
import {createSandbox, type Sandbox} from '../help/sandbox.js'

const NS = 'istio-io-tcp-traffic-shifting'

/** The task page of istio.io: traffic from a sleep pod, through the ingress gateway. */
describe('the istio.io task, command by command', () => {
  let box: Sandbox
  const n = `-n ${NS}`

  beforeAll(async () => {
    box = createSandbox()
    await box.ok('tshift gateway start --bind $BIND')
  })
  afterAll(() => box.close())

  /** The page sleeps for a second, which says no more than a tenth of one. */
  const loop = (times: number) =>
    box.ok(`export INGRESS_HOST=$(tshift -n istio-system get service istio-ingressgateway -o jsonpath='{.status.loadBalancer.ingress[0].ip}')
export TCP_INGRESS_PORT=$(tshift -n istio-system get service istio-ingressgateway -o jsonpath='{.spec.ports[?(@.name=="tcp")].port}')
for i in {1..${times}}; do \\
tshift exec "$(tshift get pod -l app=sleep ${n} -o jsonpath={.items..metadata.name})" \\
-c sleep ${n} -- sh -c "(date; sleep 0.1) | nc $INGRESS_HOST $TCP_INGRESS_PORT"; \\
done`)

  test('the namespace is created and labelled for injection', async () => {
    expect(await box.ok(`tshift create namespace ${NS}`)).toBe(`namespace/${NS} created\n`)
    expect(await box.ok(`tshift label namespace ${NS} istio-injection=enabled`)).toBe(`namespace/${NS} labeled\n`)
    expect(await box.ok(`tshift get namespace ${NS} -L istio-injection`)).toMatch(/^NAME +STATUS +AGE +ISTIO-INJECTION\nistio-io-tcp-traffic-shifting +Active +\d+s +enabled\n$/)
  })

  test('the sleep pod and both versions run with a sidecar', async () => {
    expect(await box.ok(`tshift apply -f sleep/sleep.yaml ${n}`)).toBe('serviceaccount/sleep created\nservice/sleep created\ndeployment.apps/sleep created\n')
    expect(await box.ok(`tshift apply -f tcp-echo/tcp-echo-services.yaml ${n}`)).toBe(
      'service/tcp-echo created\ndeployment.apps/tcp-echo-v1 created\ndeployment.apps/tcp-echo-v2 created\n',
    )
    await podsReady(box, n, 3)
    expect(await box.ok(`tshift get pod ${n} -l app=tcp-echo --no-headers`)).toMatch(
      /^tcp-echo-v1-\S+-\w{5} +2\/2 +Running +0 +\d+s\ntcp-echo-v2-\S+-\w{5} +2\/2 +Running +0 +\d+s\n$/,
    )
  })

  test('everything goes to v1', async () => {
    expect(await box.ok(`tshift apply -f tcp-echo/tcp-echo-all-v1.yaml ${n}`)).toBe(
      'gateway.networking.istio.io/tcp-echo-gateway created\ndestinationrule.networking.istio.io/tcp-echo-destination created\nvirtualservice.networking.istio.io/tcp-echo created\n',
    )
    expect((await loop(3)).trimEnd().split('\n')).toEqual(Array(3).fill(expect.stringMatching(/^one \w{3} .*\d{4}$/)))
  })

  test('after the shift about a fifth goes to v2', async () => {
    expect(await box.ok(`tshift apply -f tcp-echo/tcp-echo-20-v2.yaml ${n}`)).toBe('virtualservice.networking.istio.io/tcp-echo configured\n')
    const yaml = await box.ok(`tshift get virtualservice tcp-echo -o yaml ${n}`)
    expect(yaml).toContain('apiVersion: networking.istio.io/v1\n')
    expect(yaml.slice(yaml.indexOf('  tcp:\n'))).toBe(`  tcp:
  - match:
    - port: 31400
    route:
    - destination:
        host: tcp-echo
        port:
          number: 9000
        subset: v1
      weight: 80
    - destination:
        host: tcp-echo
        port:
          number: 9000
        subset: v2
      weight: 20
`)
    for (const line of (await loop(3)).trimEnd().split('\n')) expect(line).toMatch(/^(one|two) /)
    const report = JSON.parse(await box.ok(`tshift probe --count 1000 --quiet | tshift tally --alpha 1e-6 -o json`)) as {verdict: string; n: number}
    expect(report).toMatchObject({verdict: 'CONSISTENT', n: 1000})
  })

  test('cleaning up leaves nothing', async () => {
    await box.ok(`tshift delete -f tcp-echo/tcp-echo-all-v1.yaml ${n}`)
    await box.ok(`tshift delete -f tcp-echo/tcp-echo-services.yaml ${n}`)
    await box.ok(`tshift delete -f sleep/sleep.yaml ${n}`)
    expect(await box.ok(`tshift delete namespace ${NS}`)).toBe(`namespace "${NS}" deleted\n`)
    expect(await box.sh(`tshift get namespace ${NS}`)).toMatchObject({code: 1, stderr: `Error from server (NotFound): namespaces "${NS}" not found\n`})
    expect(await box.sh(`nc $BIND 31400 </dev/null`)).toMatchObject({code: 1})
  })
})
