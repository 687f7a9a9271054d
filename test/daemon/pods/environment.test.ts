import {describe, expect, test} from 'vitest'
import type {ConfigMap} from '../../../src/api/kinds/config-map.js'
import type {Pod} from '../../../src/api/kinds/pod.js'
import type {Container} from '../../../src/api/kinds/pod-spec.js'
import type {Secret} from '../../../src/api/kinds/secret.js'
import type {Service} from '../../../src/api/kinds/service.js'
import {containerEnvironment} from '../../../src/daemon/pods/environment/container-environment.js'
import {serviceVariables} from '../../../src/daemon/pods/environment/service-variables.js'

const settings: ConfigMap = {apiVersion: 'v1', kind: 'ConfigMap', metadata: {name: 'settings', namespace: 'shop'}, data: {greeting: 'hello', port: '80'}}
const keys: Secret = {apiVersion: 'v1', kind: 'Secret', metadata: {name: 'keys', namespace: 'shop'}, data: {token: Buffer.from('s3cret').toString('base64')}}
const echo: Service = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: {name: 'tcp-echo', namespace: 'shop'},
  spec: {clusterIP: '127.1.2.3', ports: [{name: 'tcp-other', port: 9001}, {port: 9000}]},
} as Service

function environment(container: Partial<Container>): Readonly<Record<string, string>> | string {
  const whole: Container = {name: 'app', image: 'x', ...container}
  const other: Container = {name: 'other', resources: {limits: {memory: '64Mi'}}}
  const pod: Pod = {apiVersion: 'v1', kind: 'Pod', metadata: {name: 'web', namespace: 'shop', uid: 'u1', labels: {app: 'web'}}, spec: {containers: [whole, other]}}
  const sources = {configMaps: new Map([['settings', settings]]), secrets: new Map([['keys', keys]]), services: [], address: '127.9.9.9'}
  const outcome = containerEnvironment(pod, whole, sources)
  if (outcome.type === 'incomplete') return outcome.message
  const {HOSTNAME: _, ...env} = outcome.env
  return env
}

const from = (valueFrom: object) => ({env: [{name: 'A', valueFrom}]})

describe('the variables of a container', () => {
  test.each<[string, Partial<Container>, object | string]>([
    ['values refer to those before them', {env: [{name: 'A', value: '1'}, {name: 'B', value: '$(A) $$(A) $(C)'}]}, {A: '1', B: '1 $(A) $(C)'}],
    ['a field of the pod', from({fieldRef: {fieldPath: "metadata.labels['app']"}}), {A: 'web'}],
    ["the pod's address", from({fieldRef: {fieldPath: 'status.podIP'}}), {A: '127.9.9.9'}],
    ['an entry of a ConfigMap', from({configMapKeyRef: {name: 'settings', key: 'greeting'}}), {A: 'hello'}],
    ['an entry of a Secret', from({secretKeyRef: {name: 'keys', key: 'token'}}), {A: 's3cret'}],
    ['a missing ConfigMap', from({configMapKeyRef: {name: 'nope', key: 'x'}}), 'configmap "nope" not found'],
    ['a missing Secret', from({secretKeyRef: {name: 'nope', key: 'x'}}), 'secret "nope" not found'],
    ['a missing entry', from({configMapKeyRef: {name: 'settings', key: 'nope'}}), "couldn't find key nope in ConfigMap shop/settings"],
    ['a missing entry of a Secret', from({secretKeyRef: {name: 'keys', key: 'nope'}}), "couldn't find key nope in Secret shop/keys"],
    ['a missing entry that is optional', from({configMapKeyRef: {name: 'settings', key: 'nope', optional: true}}), {}],
    ['a missing ConfigMap that is optional', from({configMapKeyRef: {name: 'nope', key: 'x', optional: true}}), {}],
    ['all entries, the own ones before them', {envFrom: [{prefix: 'S_', configMapRef: {name: 'settings'}}], env: [{name: 'S_port', value: '1$(S_port)'}]}, {S_greeting: 'hello', S_port: '180'}],
    ['all entries of what is missing', {envFrom: [{secretRef: {name: 'nope'}}]}, 'secret "nope" not found'],
    ['all entries of what is missing and optional', {envFrom: [{secretRef: {name: 'nope', optional: true}}]}, {}],
    ['a limit in millicores', {resources: {limits: {cpu: '0.1'}}, ...from({resourceFieldRef: {resource: 'limits.cpu', divisor: '1m'}})}, {A: '100'}],
    ['a limit, rounded up', {resources: {limits: {cpu: '1500m'}}, ...from({resourceFieldRef: {resource: 'limits.cpu'}})}, {A: '2'}],
    ["another container's limit", from({resourceFieldRef: {containerName: 'other', resource: 'limits.memory', divisor: '1Ki'}}), {A: '65536'}],
    ['a request that is not made', from({resourceFieldRef: {resource: 'requests.cpu'}}), {A: '0'}],
  ])('%s', (_, container, expected) => {
    expect(environment(container)).toEqual(expected)
  })

  test('those of a Service', () => {
    expect(serviceVariables([echo])).toEqual({
      TCP_ECHO_SERVICE_HOST: '127.1.2.3',
      TCP_ECHO_SERVICE_PORT: '9001',
      TCP_ECHO_SERVICE_PORT_TCP_OTHER: '9001',
      TCP_ECHO_PORT: 'tcp://127.1.2.3:9001',
      TCP_ECHO_PORT_9001_TCP: 'tcp://127.1.2.3:9001',
      TCP_ECHO_PORT_9001_TCP_PROTO: 'tcp',
      TCP_ECHO_PORT_9001_TCP_PORT: '9001',
      TCP_ECHO_PORT_9001_TCP_ADDR: '127.1.2.3',
      TCP_ECHO_PORT_9000_TCP: 'tcp://127.1.2.3:9000',
      TCP_ECHO_PORT_9000_TCP_PROTO: 'tcp',
      TCP_ECHO_PORT_9000_TCP_PORT: '9000',
      TCP_ECHO_PORT_9000_TCP_ADDR: '127.1.2.3',
    })
    expect(serviceVariables([{...echo, spec: {...echo.spec, clusterIP: 'None'}} as Service])).toEqual({})
  })
})
