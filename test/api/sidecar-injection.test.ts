import {describe, expect, test} from 'vitest'
import {injectSidecar, isInjected} from '../../src/api/sidecar-injection.js'

type Labels = Record<string, string>
const enabled = {'istio-injection': 'enabled'}
const rows: readonly [namespace: Labels, pod: Labels, injected: boolean][] = [
  [enabled, {}, true],
  [enabled, {'sidecar.istio.io/inject': 'true'}, true],
  [enabled, {'sidecar.istio.io/inject': 'false'}, false],
  [{'istio-injection': 'disabled'}, {'sidecar.istio.io/inject': 'true'}, false],
  [{'istio.io/rev': 'default'}, {}, true],
  [{'istio.io/rev': 'default'}, {'sidecar.istio.io/inject': 'false'}, false],
  [{'istio.io/rev': 'canary'}, {}, false],
  [{...enabled, 'istio.io/rev': 'canary'}, {}, true],
  [{}, {'sidecar.istio.io/inject': 'true'}, true],
  [{}, {'istio.io/rev': 'default'}, true],
  [{}, {}, false],
]

describe('sidecar injection', () => {
  test.each(rows)('namespace %j, pod %j: %s', (labels, pod, injected) => {
    expect(isInjected({name: 'demo', labels}, {metadata: {labels: pod}})).toBe(injected)
  })

  test('host network, system namespaces and injected pods are left alone', () => {
    expect(isInjected({name: 'demo', labels: enabled}, {spec: {hostNetwork: true}})).toBe(false)
    expect(isInjected({name: 'kube-system', labels: enabled}, {})).toBe(false)
    expect(isInjected({name: 'demo', labels: enabled}, injectSidecar({spec: {containers: [{name: 'a'}]}}))).toBe(false)
  })

  test('an annotation decides nothing where nobody asks istiod, and refuses where somebody does', () => {
    const annotated = (value: string) => ({metadata: {annotations: {'sidecar.istio.io/inject': value}}})
    expect(isInjected({name: 'demo', labels: {}}, annotated('true'))).toBe(false)
    expect(isInjected({name: 'demo', labels: enabled}, annotated('false'))).toBe(false)
  })

  test('the proxy comes last and the first container stays the default', () => {
    const pod = injectSidecar({metadata: {labels: {app: 'tcp-echo', version: 'v1'}}, spec: {containers: [{name: 'tcp-echo'}]}})
    expect(pod.spec?.containers?.map(({name}) => name)).toEqual(['tcp-echo', 'istio-proxy'])
    expect(pod.metadata).toMatchObject({
      labels: {'service.istio.io/canonical-name': 'tcp-echo', 'service.istio.io/canonical-revision': 'v1', 'security.istio.io/tlsMode': 'istio'},
      annotations: {'kubectl.kubernetes.io/default-container': 'tcp-echo'},
    })
  })
})
