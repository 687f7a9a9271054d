import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {podsReady} from '../help/pods-ready.js'
import {createSandbox, type Sandbox} from '../help/sandbox.js'

/** A tutorial of 2019: Deployments of extensions/v1beta1 in the default namespace, traffic from outside with nc. */
describe('the tutorial of the days of Istio 1.1, in the default namespace', () => {
  let box: Sandbox
  beforeAll(async () => {
    box = createSandbox()
    await box.ok('tshift label namespace default istio-injection=enabled')
    await box.ok('tshift gateway start --bind $BIND')
  })
  afterAll(() => box.close())

  const loop = (times: number) => box.ok(`for i in {1..${times}}; do sh -c "(date; sleep 0.1) | nc $BIND 31400"; done`)

  test('the namespaces show where sidecars are injected', async () => {
    const lines = (await box.ok('tshift get namespace -L istio-injection')).split('\n')
    expect(lines[0]).toMatch(/^NAME +STATUS +AGE +ISTIO-INJECTION$/)
    expect(lines[1]).toMatch(/^default +Active +\d+s +enabled$/)
    expect(lines.slice(2, 6).map((line) => line.split(' ')[0])).toEqual(['istio-system', 'kube-node-lease', 'kube-public', 'kube-system'])
  })

  test('old Deployments are accepted and named as they were written', async () => {
    expect(await box.ok('tshift apply -f istio-1.1/tcp-echo-services.yaml')).toBe(
      'service/tcp-echo created\ndeployment.extensions/tcp-echo-v1 created\ndeployment.extensions/tcp-echo-v2 created\n',
    )
    await podsReady(box, '-l app=tcp-echo', 2)
    expect(await box.ok('tshift get pod -l app=tcp-echo')).toMatch(
      /^NAME +READY +STATUS +RESTARTS +AGE\ntcp-echo-v1-\S+ +2\/2 +Running +0 +\d+s\ntcp-echo-v2-\S+ +2\/2 +Running +0 +\d+s\n$/,
    )
  })

  test('the route sends everything to v1', async () => {
    expect(await box.ok('tshift apply -f istio-1.1/tcp-echo-all-v1.yaml')).toBe(
      'gateway.networking.istio.io/tcp-echo-gateway created\ndestinationrule.networking.istio.io/tcp-echo-destination created\nvirtualservice.networking.istio.io/tcp-echo created\n',
    )
    expect(await box.ok('tshift get svc istio-ingressgateway -n istio-system')).toMatch(/LoadBalancer +\S+ +127\S+ +15021:\d+\/TCP,80:\d+\/TCP,443:\d+\/TCP,31400:\d+\/TCP,15443:\d+\/TCP/)
    expect((await loop(2)).trimEnd().split('\n')).toEqual(Array(2).fill(expect.stringMatching(/^one /)))
  })

  test('a fifth goes to v2 after the shift', async () => {
    expect(await box.ok('tshift apply -f istio-1.1/tcp-echo-20-v2.yaml')).toBe('virtualservice.networking.istio.io/tcp-echo configured\n')
    for (const line of (await loop(2)).trimEnd().split('\n')) expect(line).toMatch(/^(one|two) /)
    await box.ok('tshift probe --count 600 --quiet --alpha 1e-6 >/dev/null')
  })

  test('the clean-up leaves no pod behind', async () => {
    await box.ok('tshift delete -f istio-1.1/tcp-echo-all-v1.yaml && tshift delete -f istio-1.1/tcp-echo-services.yaml')
    await box.ok('for i in {1..100}; do [ -z "$(tshift get pods -o name)" ] && exit 0; sleep 0.1; done; exit 1')
    expect(await box.sh('tshift get svc,deploy,pod,vs,dr,gw')).toMatchObject({code: 0, stderr: ''})
  })
})

/** A note on other ports than 31400: the ingress Service gets one more port. */
describe('another gateway port', () => {
  let box: Sandbox
  beforeAll(async () => {
    box = createSandbox()
    await box.ok('tshift gateway start --bind $BIND')
  })
  afterAll(() => box.close())

  test('one file in any order of documents brings the whole example up', async () => {
    expect((await box.ok('tshift apply -f istio-1.1/tcp-echo.yaml')).split('\n').filter(Boolean)).toHaveLength(6)
    await podsReady(box, '-l app=tcp-echo', 2)
    await box.ok('tshift probe --count 200 --quiet --alpha 1e-6 >/dev/null')
  })

  test('a Gateway on 28674 is served, with the remark that the ingress Service lacks the port', async () => {
    await box.ok('tshift apply -f other-port/gateway-28674.yaml')
    await box.ok('tshift probe gateway/tcp-echo-gateway:28674 --count 200 --quiet --alpha 1e-6 >/dev/null')
    expect(await box.ok('tshift gateway status')).toContain('port 28674')
    expect((await box.sh('nc $BIND 31400 </dev/null')).code).toBe(1)
  })

  test('the port can be added to the ingress Service', async () => {
    await box.ok(`tshift get svc istio-ingressgateway -n istio-system -o yaml > ${box.directory}/ingress.yaml`)
    await box.ok(`sed -i 's/^  ports:$/  ports:\\n  - name: tcp-echo\\n    nodePort: 31987\\n    port: 28674\\n    protocol: TCP\\n    targetPort: 28674/' ${box.directory}/ingress.yaml`)
    expect(await box.ok(`tshift apply -f ${box.directory}/ingress.yaml -n istio-system`)).toBe('service/istio-ingressgateway configured\n')
    expect(await box.ok(`tshift get svc istio-ingressgateway -n istio-system -o jsonpath='{.spec.ports[?(@.name=="tcp-echo")].nodePort}'`)).toBe('31987')
    await box.ok('for i in {1..100}; do echo hi | nc $BIND 31987 | grep -q hi && exit 0; sleep 0.05; done; exit 1')
    expect(await box.ok('tshift gateway status')).not.toContain('not defined in the Service')
  })
})
