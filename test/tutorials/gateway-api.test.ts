import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {podsReady} from '../help/pods-ready.js'
import {createSandbox, type Sandbox} from '../help/sandbox.js'

const NS = 'istio-io-tcp-traffic-shifting'

/** The task page of istio.io with the Gateway API in place of Istio's own kinds. */
describe('the istio.io task with the Gateway API', () => {
  let box: Sandbox
  const n = `-n ${NS}`

  beforeAll(async () => {
    box = createSandbox()
    await box.ok(`tshift create namespace ${NS} && tshift apply ${n} -f tcp-echo/tcp-echo-services.yaml`)
  })
  afterAll(() => box.close())

  const loop = (times: number) =>
    box.ok(`export INGRESS_HOST=$(tshift get gtw tcp-echo-gateway ${n} -o jsonpath='{.status.addresses[0].value}')
export TCP_INGRESS_PORT=$(tshift get gtw tcp-echo-gateway ${n} -o jsonpath='{.spec.listeners[?(@.name=="tcp-31400")].port}')
for i in {1..${times}}; do (date; sleep 0.1) | nc $INGRESS_HOST $TCP_INGRESS_PORT; done`)

  test('without a gateway process the Gateway is not programmed, and says why', async () => {
    expect(await box.ok(`tshift apply -f gateway-api/tcp-echo-all-v1.yaml ${n}`)).toBe(
      'gateway.gateway.networking.k8s.io/tcp-echo-gateway created\nservice/tcp-echo-v1 created\nservice/tcp-echo-v2 created\n' +
        'tcproute.gateway.networking.k8s.io/tcp-echo created\n',
    )
    expect(await box.ok(`tshift get gtw ${n}`)).toMatch(/^NAME +CLASS +ADDRESS +PROGRAMMED +AGE\ntcp-echo-gateway +istio +False +\d+s\n$/)
    expect(await box.ok(`tshift get gtw ${n} -o jsonpath='{.items[0].status.conditions[?(@.type=="Programmed")].message}'`)).toContain("start it with 'tshift gateway start'")
  })

  test('with one it has an address, and a pod of its own', async () => {
    await box.ok('tshift gateway start --bind $BIND')
    await podsReady(box, n, 3)
    expect(await box.ok(`tshift get gtw ${n} --no-headers`)).toMatch(new RegExp(`^tcp-echo-gateway +istio +${box.address} +True +\\d+s\n$`))
    expect(await box.ok(`tshift get pods ${n} -l gateway.networking.k8s.io/gateway-name --no-headers`)).toMatch(/^tcp-echo-gateway-istio-\S+ +1\/1 +Running +0 +\d+s\n$/)
  })

  test('everything goes to v1', async () => {
    expect((await loop(2)).trimEnd().split('\n')).toEqual(Array(2).fill(expect.stringMatching(/^one \w{3} .*\d{4}$/)))
  })

  test('after the shift a fifth goes to v2', async () => {
    expect(await box.ok(`tshift apply -f gateway-api/tcp-echo-20-v2.yaml ${n}`)).toBe('tcproute.gateway.networking.k8s.io/tcp-echo configured\n')
    const yaml = await box.ok(`tshift get tcproute tcp-echo -o yaml ${n}`)
    expect(yaml).toContain('    - group: ""\n      kind: Service\n      name: tcp-echo-v2\n      port: 9000\n      weight: 20\n')
    const report = JSON.parse(await box.ok('tshift probe --count 1000 --alpha 1e-6 -o json')) as {verdict: string; subsets: {name: string}[]}
    expect(report.verdict).toBe('CONSISTENT')
    expect(report.subsets.map(({name}) => name)).toEqual(['tcp-echo-v1', 'tcp-echo-v2'])
  })

  test('the rest is shifted by name, and undone', async () => {
    const shift = await box.sh(`tshift shift tcp-echo --to tcp-echo-v2 --steps 100 --tolerance 10 ${n}`)
    expect(shift).toMatchObject({code: 0, stdout: expect.stringContaining('tcproute/tcp-echo   tcp-echo-v1 → tcp-echo-v2   Healthy')})
    const weights = () => box.ok(`tshift get tcproute tcp-echo -o jsonpath='{.spec.rules[0].backendRefs[*].weight}' ${n}`)
    expect(await weights()).toBe('0 100')
    expect(await box.ok(`tshift shift undo tcproute/tcp-echo ${n}`)).toContain('tcproute.gateway.networking.k8s.io/tcp-echo rolled back to revision 1 ')
    expect(await weights()).toBe('80 20')
  })

  test('a Gateway that is deleted takes everything with it', async () => {
    await box.ok(`tshift delete -f gateway-api/tcp-echo-all-v1.yaml ${n}`)
    await box.ok(`for i in {1..100}; do [ -z "$(tshift get deployment,service,pod ${n} -l gateway.istio.io/managed -o name)" ] && exit 0; sleep 0.1; done; exit 1`)
    expect(await box.sh('nc $BIND 31400 </dev/null')).toMatchObject({code: 1})
  })
})
