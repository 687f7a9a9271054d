import {afterAll, beforeAll, expect, test} from 'vitest'
import {podsReady} from '../help/pods-ready.js'
import {createSandbox, type Sandbox} from '../help/sandbox.js'

let box: Sandbox
beforeAll(async () => {
  box = createSandbox()
  await box.ok('tshift gateway start --bind $BIND && tshift apply -f tcp-echo/tcp-echo-services.yaml -f tcp-echo/tcp-echo-all-v1.yaml')
  await podsReady(box, '-l app=tcp-echo', 2)
})
afterAll(() => box.close())

const INGRESS = 'deployment istio-ingressgateway -n istio-system'

/** Patches the pod template as a user would, and waits until probes with these flags are served. */
async function configure(config: string | null, flags: string): Promise<void> {
  const PATCH = JSON.stringify({spec: {template: {metadata: {annotations: {'proxy.istio.io/config': config}}}}})
  await box.ok(`tshift patch ${INGRESS} -p "$PATCH" && tshift rollout status ${INGRESS}`, {env: {PATCH}})
  await box.ok(`for i in {1..50}; do [ "$(tshift probe $BIND:31400 -n 1 -m hi -q ${flags})" = 'one hi' ] && exit 0; done; exit 1`)
}

const probe = async (flags = '') => (await box.sh(`tshift probe $BIND:31400 -n 2 -m hi -q ${flags}`)).stdout

test('an annotation of the ingress gateway makes it expect PROXY headers, until it is taken away', async () => {
  await configure('{"gatewayTopology":{"proxyProtocol":{}}}', '--proxy-protocol v2')
  expect([await probe('--proxy-protocol v2'), await probe('--proxy-protocol v1'), await probe()]).toEqual(['one hi\none hi\n', 'one hi\none hi\n', ''])
  await configure(null, '')
  expect(await probe()).toBe('one hi\none hi\n')
})
