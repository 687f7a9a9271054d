import {readFileSync} from 'node:fs'
import {describe, expect, test} from 'vitest'
import {certificateReader} from '../../src/cli/inspect/read-certificate.js'
import {dumpParts} from '../../src/inspect/dump-parts.js'
import {configDump} from '../../src/inspect/envoy/config-dump.js'
import {toCamelCase} from '../../src/inspect/envoy/proto-names.js'
import {INGRESS_PROXY, viewOf} from '../../src/inspect/proxy-view.js'
import {secretTable} from '../../src/inspect/tables/secrets.js'
import {compiled} from './tutorial.js'

const CERTIFICATE = readFileSync(new URL('../probe/tls/certificate.pem', import.meta.url), 'utf8')
const CA = readFileSync(new URL('../engine/tls/ca.pem', import.meta.url), 'utf8')
const read = certificateReader(Date.parse('2026-11-21T00:00:00Z'))
const HEADER = ['RESOURCE NAME', 'TYPE', 'STATUS', 'VALID CERT', 'SERIAL NUMBER', 'NOT AFTER', 'NOT BEFORE']

const facts = (pem: string) => {
  const {isValid = false, serialNumber = '', notAfter = '', notBefore = ''} = read(pem) ?? {}
  return [String(isValid), serialNumber, notAfter, notBefore]
}

const MANIFEST = `
{kind: Facts, metadata: {name: facts}, credentials: ${JSON.stringify({
  'secret:istio-system/cert': {pair: {certificate: CERTIFICATE, privateKey: 'KEY'}},
  'secret:istio-system/cert-cacert': {ca: CA},
  'files:/c|/k||': {problem: 'file /c: it does not exist'},
  'configmap:default/roots': {ca: CA},
})}}
---
{kind: Service, apiVersion: v1, metadata: {name: s}, spec: {ports: [{name: tcp, port: 1}]}}
---
{kind: DestinationRule, metadata: {name: s}, spec: {host: s, trafficPolicy: {tls: {mode: SIMPLE, credentialName: "configmap://default/roots"}}}}
---
kind: Gateway
metadata: {name: g}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 443, name: a, protocol: TLS}, hosts: [a.com], tls: {mode: MUTUAL, credentialName: cert}}
  - {port: {number: 443, name: b, protocol: TLS}, hosts: [b.com], tls: {mode: SIMPLE, serverCertificate: /c, privateKey: /k}}
  - {port: {number: 443, name: c, protocol: TLS}, hosts: [c.com], tls: {mode: SIMPLE, credentialName: cert}}
---
{kind: VirtualService, metadata: {name: v}, spec: {hosts: ["*"], gateways: [g], tcp: [{route: [{destination: {host: s}}]}]}}
`

describe('the secrets of a gateway', () => {
  const {routing} = compiled(MANIFEST)
  const dump = configDump(viewOf(routing, INGRESS_PROXY), {version: '7', ruleOf: () => undefined, hasPages: false})

  test('are listed once each, those it waits for first, with what their certificates say', () => {
    expect(secretTable(dumpParts(dump).secrets, read)).toEqual([
      HEADER,
      ['file-cert:/c~/k', '', 'WARMING', 'false', '', '', ''],
      ['kubernetes://cert', 'Cert Chain', 'ACTIVE', ...facts(CERTIFICATE)],
      ['kubernetes://cert-cacert', 'CA', 'ACTIVE', ...facts(CA)],
      ['configmap://default/roots', 'CA', 'ACTIVE', ...facts(CA)],
    ])
  })

  test('are dumped without private keys', () => {
    expect(JSON.stringify(dumpParts(dump).secretsDump)).not.toContain(Buffer.from('KEY').toString('base64'))
  })

  test('of a dump of a real Envoy are understood', () => {
    const secret = {name: 'default', tls_certificate: {certificate_chain: {inline_bytes: Buffer.from(CERTIFICATE).toString('base64')}}}
    const configs = [{'@type': 'type.googleapis.com/envoy.admin.v3.SecretsConfigDump', dynamic_active_secrets: [{name: 'default', secret}, {name: 'broken', secret: {tls_certificate: {certificate_chain: {inline_bytes: '%'}}}}]}]
    expect(secretTable(dumpParts(toCamelCase({configs})).secrets, read)).toEqual([
      HEADER,
      ['default', 'Cert Chain', 'ACTIVE', ...facts(CERTIFICATE)],
      ['broken', '', 'ACTIVE', 'false', '', '', ''],
    ])
  })

  test('are valid between their dates alone, and told by number and dates', () => {
    expect(read(CERTIFICATE)).toEqual({
      isValid: true,
      serialNumber: expect.stringMatching(/^[1-9a-f][0-9a-f]*$/),
      notAfter: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      notBefore: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    })
    expect([certificateReader(0), certificateReader(Date.parse('2300-01-01'))].map((then) => then(CERTIFICATE)?.isValid)).toEqual([false, false])
    expect([read(''), read('-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----')]).toEqual([undefined, undefined])
  })
})
