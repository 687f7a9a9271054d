import {expect, test} from 'vitest'
import type {EndpointSlice} from '../../../src/api/kinds/endpoint-slice.js'
import type {Service} from '../../../src/api/kinds/service.js'
import {answerName} from '../../../src/cli/exec/service-names.js'

const service = (namespace: string, name: string, spec: Service['spec']): Service => ({apiVersion: 'v1', kind: 'Service', metadata: {name, namespace}, spec})
const slice = {
  apiVersion: 'discovery.k8s.io/v1',
  kind: 'EndpointSlice',
  metadata: {name: 'db-1', namespace: 'demo', labels: {'kubernetes.io/service-name': 'db'}},
  addressType: 'IPv4',
  endpoints: [{addresses: ['127.64.0.1'], hostname: 'db-0'}, {addresses: ['127.64.0.2'], hostname: 'db-1'}, {addresses: ['127.64.0.3'], conditions: {ready: false}}],
} satisfies EndpointSlice

const things = {
  services: [
    service('demo', 'tcp-echo', {clusterIP: '127.128.0.7'}),
    service('other', 'tcp-echo', {clusterIP: '127.128.0.8'}),
    service('demo', 'db', {clusterIP: 'None'}),
    service('demo', 'idle', {clusterIP: 'None'}),
    service('demo', 'site', {type: 'ExternalName', externalName: 'example.com'}),
    {...service('istio-system', 'istio-ingressgateway', {clusterIP: '127.128.0.9', selector: {istio: 'ingressgateway'}}), status: {loadBalancer: {ingress: [{ip: '127.0.0.1'}]}}},
  ],
  slices: [slice],
  entries: [
    {apiVersion: 'networking.istio.io/v1', kind: 'ServiceEntry', metadata: {name: 'own'}, spec: {hosts: ['*.example', 'db.example'], addresses: ['127.9.0.1', '10.0.0.0/8']}},
    {
      apiVersion: 'networking.istio.io/v1',
      kind: 'ServiceEntry',
      metadata: {name: 'allotted'},
      spec: {hosts: ['tcp-echo.example', 'gone.example'], resolution: 'DNS'},
      status: {addresses: [{host: 'tcp-echo.example', value: '127.192.1.1'}, {host: 'was.example', value: '127.192.1.2'}]},
    },
  ],
}
const at = (...addresses: string[]) => ({type: 'addresses', addresses})

test.each([
  ['tcp-echo', at('127.128.0.7')],
  ['TCP-Echo', at('127.128.0.7')],
  ['tcp-echo.other', at('127.128.0.8')],
  ['tcp-echo.demo.svc', at('127.128.0.7')],
  ['tcp-echo.other.svc.cluster.local', at('127.128.0.8')],
  ['tcp-echo.other.svc.cluster.local.', at('127.128.0.8')],
  ['db', at('127.64.0.1', '127.64.0.2')],
  ['db-1.db', at('127.64.0.2')],
  ['db-1.db.demo.svc.cluster.local', at('127.64.0.2')],
  ['127-64-0-9.demo.pod.cluster.local', at('127.64.0.9')],
  ['site', {type: 'alias', host: 'example.com'}],
  ['istio-ingressgateway.istio-system', at('127.0.0.1')],
  ['idle', {type: 'outside'}],
  ['tcp-echo.', {type: 'outside'}],
  ['example.com', {type: 'outside'}],
  ['DB.example', at('127.9.0.1')],
  ['tcp-echo.example.', at('127.192.1.1')],
  ['gone.example', {type: 'outside'}],
  ['was.example', {type: 'outside'}],
  ['nope.demo.svc.cluster.local', {type: 'absent'}],
  ['a.b.tcp-echo.demo.svc.cluster.local', {type: 'absent'}],
])('%s in namespace demo', (name, expected) => {
  expect(answerName(name, 'demo', things)).toEqual(expected)
})
