import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {podsReady} from '../help/pods-ready.js'
import {createSandbox, type Sandbox} from '../help/sandbox.js'

/** The post that brought weighted TCP routes to Istio: sidecars by kube-inject, a port-forward to the ingress pod. */
describe('raw TCP traffic shaping', () => {
  let box: Sandbox
  beforeAll(async () => {
    box = createSandbox()
    await box.ok('tshift gateway start --bind $BIND')
  })
  afterAll(() => box.close())


  test('kube-inject gives the pods their sidecar', async () => {
    expect(await box.ok('tshift apply -f <(tshift kube-inject -f raw-tcp/service.yaml)')).toBe(
      'service/tcp-echo-server created\ndeployment.extensions/tcp-echo-server-v1 created\ndeployment.extensions/tcp-echo-server-v2 created\n',
    )
    await podsReady(box, '-l app=tcp-echo-server', 2)
    expect(await box.ok('tshift get pods')).toMatch(/^NAME.*\ntcp-echo-server-v1-\S+ +2\/2 +Running +0 +\d+s\ntcp-echo-server-v2-\S+ +2\/2 +Running +0 +\d+s\n$/)
  })

  test('the logs are those of the image', async () => {
    for (const [version, prefix] of [['v1', 'one'], ['v2', 'two']]) {
      const pod = (await box.ok(`tshift get pods -l version=${version} -o jsonpath={.items..metadata.name}`)).trim()
      expect(await box.ok(`tshift logs ${pod} tcp-echo-server`)).toBe(`listening on [::]:9000, prefix: ${prefix}\n`)
    }
  })

  test('the route is taken over a port-forward to the ingress pod', async () => {
    expect(await box.ok('tshift apply -f raw-tcp/route-config.yaml')).toBe(
      'destinationrule.networking.istio.io/destination created\ngateway.networking.istio.io/gateway created\nvirtualservice.networking.istio.io/route created\n',
    )
    expect(await box.ok('tshift get pods -n istio-system | grep ingressgateway')).toMatch(/^istio-ingressgateway-\S+ +1\/1 +Running/)
    const replies = await box.ok(`pod=$(tshift get pods -n istio-system -l istio=ingressgateway -o jsonpath={.items..metadata.name})
tshift port-forward $pod -n istio-system 9000 --address $BIND > ${box.directory}/forward.log &
for i in {1..100}; do grep -q Forwarding ${box.directory}/forward.log && break; sleep 0.05; done
for i in {1..3}; do sh -c "(date; sleep 0.1) | nc $BIND 9000"; done
kill %1; wait`)
    const lines = replies.trimEnd().split('\n')
    expect(lines).toHaveLength(3)
    for (const line of lines) expect(line).toMatch(/^(one|two) /)
    await box.ok('tshift probe --count 600 --quiet --alpha 1e-6 >/dev/null')
  })

  test('a port-forward to any other local port goes the same way', async () => {
    const reply = await box.ok(`tshift port-forward deployment/tcp-echo-server-v2 :9000 > ${box.directory}/pod.log &
for i in {1..100}; do grep -q 127.0.0.1 ${box.directory}/pod.log && break; sleep 0.05; done
port=$(sed -n 's/^Forwarding from 127.0.0.1:\\([0-9]*\\) -> 9000$/\\1/p' ${box.directory}/pod.log)
echo straight | nc 127.0.0.1 $port
kill %1; wait`)
    expect(reply).toBe('two straight\n')
  })
})
