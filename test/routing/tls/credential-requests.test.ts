import {expect, test} from 'vitest'
import {clientCredentialKeys} from '../../../src/routing/tls/client-credentials.js'
import {credentialRequests} from '../../../src/routing/tls/credential-requests.js'
import {serverCredentialKeys} from '../../../src/routing/tls/server-credentials.js'
import {hostNamesOf} from '../../../src/routing/host-names.js'
import type {ClientTlsSettings} from '../../../src/routing/objects/destination-rule.js'
import type {GatewayTls} from '../../../src/routing/objects/gateway.js'
import {snapshotOf} from '../snapshot-of.js'

const PAIR = {serverCertificate: '/c', privateKey: '/k'}

test.each<[string, GatewayTls, ReturnType<typeof serverCredentialKeys>]>([
  ['passthrough', {mode: 'PASSTHROUGH', credentialName: 'a'}, {certificates: []}],
  ['no mode', {credentialName: 'a'}, {certificates: []}],
  ['workload certificates', {mode: 'ISTIO_MUTUAL'}, {certificates: []}],
  ['a Secret of the proxy\'s namespace', {mode: 'SIMPLE', credentialName: 'a'}, {certificates: ['secret:gw/a']}],
  ['a Secret by its full name', {mode: 'SIMPLE', credentialName: 'kubernetes-gateway://other/a'}, {certificates: ['secret:other/a']}],
  ['several', {mode: 'MUTUAL', credentialNames: ['a', 'kubernetes://b']}, {certificates: ['secret:gw/a', 'secret:gw/b'], authorities: 'secret:gw/a-cacert'}],
  ['authorities apart', {mode: 'MUTUAL', credentialName: 'a', caCertCredentialName: 'c'}, {certificates: ['secret:gw/a'], authorities: 'secret:gw/c-cacert'}],
  ['authorities in a ConfigMap', {mode: 'MUTUAL', credentialName: 'a', caCertCredentialName: 'configmap://other/c'}, {certificates: ['secret:gw/a'], authorities: 'configmap:other/c'}],
  ['files', {mode: 'SIMPLE', ...PAIR, caCertificates: '/unused'}, {certificates: ['files:/c|/k||']}],
  [
    'files and authorities',
    {mode: 'OPTIONAL_MUTUAL', ...PAIR, caCertificates: '/a', caCrl: '/r'},
    {certificates: ['files:/c|/k|/a|/r'], authorities: 'files:/c|/k|/a|/r'},
  ],
  [
    'pairs of files',
    {mode: 'SIMPLE', tlsCertificates: [PAIR, {serverCertificate: '/d', privateKey: '/l'}]},
    {certificates: ['files:/c|/k||', 'files:/d|/l||']},
  ],
])('a server asks for %s', (_, tls, expected) => {
  expect(serverCredentialKeys(tls, 'gw')).toEqual(expected)
})

test.each<[string, ClientTlsSettings, readonly string[]]>([
  ['nothing without TLS', {mode: 'DISABLE', credentialName: 'a'}, []],
  ['nothing for the system\'s authorities', {mode: 'SIMPLE'}, []],
  ['nothing for the system\'s authorities by name', {mode: 'SIMPLE', caCertificates: 'system'}, []],
  ['authorities only', {mode: 'SIMPLE', credentialName: 'a'}, ['secret:gw/a-cacert']],
  ['authorities of a ConfigMap', {mode: 'SIMPLE', credentialName: 'configmap://ns/c'}, ['configmap:ns/c']],
  ['nothing where nobody is verified', {mode: 'SIMPLE', credentialName: 'a', insecureSkipVerify: true}, []],
  ['everything', {mode: 'MUTUAL', credentialName: 'a'}, ['secret:gw/a', 'secret:gw/a-cacert']],
  ['files', {mode: 'MUTUAL', clientCertificate: '/c', privateKey: '/k', caCertificates: '/a'}, ['files:/c|/k|/a|']],
  ['a file of authorities', {mode: 'SIMPLE', clientCertificate: '/unused', caCertificates: '/a', caCrl: '/r'}, ['files:||/a|/r']],
])('a destination asks for %s', (_, tls, expected) => {
  expect(clientCredentialKeys(tls, 'gw')).toEqual(expected)
})

test('requests are put together by key, for the namespace of every gateway', () => {
  const snapshot = snapshotOf(`
{kind: Gateway, metadata: {name: a}, spec: {servers: [{port: {number: 443, protocol: TLS}, tls: {mode: SIMPLE, credentialName: shared}}, {port: {number: 444, protocol: TLS}, tls: {mode: MUTUAL, credentialName: shared}}]}}
---
{kind: Gateway, apiVersion: gateway.networking.k8s.io/v1, metadata: {name: k, namespace: edge}, spec: {tls: {frontend: {default: {validation: {caCertificateRefs: [{kind: ConfigMap, name: roots}]}}, perPort: [{port: 1, tls: {validation: {caCertificateRefs: [{kind: Secret, name: roots}, {kind: Cow, name: no}]}}}]}}, listeners: [{name: l, port: 443, protocol: TLS, tls: {certificateRefs: [{name: own}, {name: far, namespace: other}, {kind: ConfigMap, name: no}]}}]}}
---
{kind: DestinationRule, metadata: {name: d}, spec: {host: x, subsets: [{name: v1, trafficPolicy: {portLevelSettings: [{port: {number: 1}, tls: {mode: MUTUAL, credentialName: client}}]}}]}}
`)
  const secret = (namespace: string, name: string) => {
    const wantsCa = name.endsWith('-cacert')
    return {type: 'secret', key: `secret:${namespace}/${name}`, namespace, name, wantsPair: !wantsCa, wantsCa}
  }
  expect(credentialRequests(snapshot)).toEqual([
    secret('istio-system', 'shared'),
    secret('istio-system', 'shared-cacert'),
    secret('edge', 'own'),
    secret('other', 'far'),
    {type: 'configmap', key: 'configmap:edge/roots', namespace: 'edge', name: 'roots'},
    secret('edge', 'roots-cacert'),
    secret('istio-system', 'client'),
    secret('istio-system', 'client-cacert'),
    secret('edge', 'client'),
    secret('edge', 'client-cacert'),
  ])
})

test('host names are those of DNS entries, without addresses, sockets and wildcards', () => {
  const snapshot = snapshotOf(`
{kind: ServiceEntry, metadata: {name: hosts}, spec: {hosts: [b.example.com, "*.example.org", 192.0.2.1], resolution: DNS}}
---
{kind: ServiceEntry, metadata: {name: endpoints}, spec: {hosts: [unused.example.com], resolution: DNS_ROUND_ROBIN, endpoints: [{address: a.example.com}, {address: "unix:///a"}, {address: "::1"}]}}
---
{kind: ServiceEntry, metadata: {name: static}, spec: {hosts: [static.example.com], resolution: STATIC, endpoints: [{address: never.example.com}]}}
---
{kind: ServiceEntry, metadata: {name: selected}, spec: {hosts: [s.example.com], resolution: DNS, workloadSelector: {labels: {app: s}}}}
---
{kind: WorkloadEntry, metadata: {name: w}, spec: {address: c.example.com, labels: {app: s}}}
---
{kind: WorkloadEntry, metadata: {name: unselected}, spec: {address: d.example.com, labels: {app: t}}}
`)
  expect(hostNamesOf(snapshot)).toEqual(['a.example.com', 'b.example.com', 'c.example.com'])
})
