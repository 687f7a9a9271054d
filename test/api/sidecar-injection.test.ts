import {describe, expect, test} from 'vitest'
import {injectSidecar, isInjected, type InjectionTarget} from '../../src/api/sidecar-injection.js'

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

  test.each([
    {what: 'a pod that ends', restartPolicy: 'Never', wish: undefined, isNative: true},
    {what: 'a pod that is run until it succeeds', restartPolicy: 'OnFailure', wish: undefined, isNative: true},
    {what: 'a pod that asks for it', restartPolicy: 'Always', wish: 'true', isNative: true},
    {what: 'a pod that refuses it', restartPolicy: 'Never', wish: 'false', isNative: false},
    {what: 'any other pod', restartPolicy: undefined, wish: undefined, isNative: false},
  ])('whether the proxy ends with the containers of $what: $isNative', ({restartPolicy, wish, isNative}) => {
    const annotations = wish === undefined ? {} : {'sidecar.istio.io/nativeSidecar': wish}
    const own = {...(restartPolicy !== undefined && {restartPolicy}), initContainers: [{name: 'own'}], containers: [{name: 'a'}]}
    const {spec, metadata} = injectSidecar<InjectionTarget>({metadata: {annotations}, spec: own})
    const shown = [...(spec?.initContainers ?? []), ...(spec?.containers ?? [])].map(({name, restartPolicy: policy = ''}) => name + policy)
    expect(shown).toEqual(isNative ? ['istio-init', 'istio-proxyAlways', 'own', 'a'] : ['own', 'istio-init', 'a', 'istio-proxy'])
    const names = isNative ? '["istio-init","istio-proxy"],"containers":null' : '["istio-init"],"containers":["istio-proxy"]'
    expect(metadata?.annotations?.['sidecar.istio.io/status']).toBe(`{"initContainers":${names},"revision":"default"}`)
  })
})
