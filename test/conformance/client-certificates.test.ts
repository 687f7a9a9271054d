import {readFileSync} from 'node:fs'
import path from 'node:path'
import {describe, expect, test} from 'vitest'
import {compileWorld} from '../../src/daemon/gateway/compile-world.js'
import {listenerCredentials} from '../../src/daemon/controllers/gateway-api-credentials.js'
import {grant, namespace, tcpRoute, backend, gatewayWith, tlsListener} from './manifests.js'
import {conditionLines, stage, type GatewayWithStatus, type Stage} from './stage.js'

const pem = (name: string) => readFileSync(path.resolve(import.meta.dirname, `../${name}.pem`), 'utf8')
const CA = pem('engine/tls/ca')
const base64 = (text: string) => Buffer.from(text).toString('base64')
const SECRET = `apiVersion: v1\nkind: Secret\nmetadata: {name: certificate, namespace: default}\ndata: {tls.crt: ${base64(pem('probe/tls/certificate'))}, tls.key: ${base64(pem('probe/tls/key'))}}\n---\n`
const configMap = (name: string, data: object, place = 'default') => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}, namespace: ${place}}\ndata: ${JSON.stringify(data)}\n---\n`
const ref = (name: string, more = '') => `{group: "", kind: ConfigMap, name: ${name}${more}}`
const validation = (refs: string, mode = 'AllowValidOnly') => `{validation: {mode: ${mode}, caCertificateRefs: [${refs}]}}`

/** A Gateway with two listeners that end TLS: all their clients are asked for what `frontend` says. */
function manifest(frontend: string, options = ''): string {
  const listeners = [tlsListener('a', 8443, {mode: 'Terminate'}), tlsListener('b', 8444, {mode: 'Terminate'})].map((listener) => listener.replace('tls: {', `tls: {${options}`))
  const gateway = gatewayWith('gw', `gatewayClassName: istio, tls: {frontend: ${frontend}}, listeners: [${listeners.join(', ')}]`)
  return SECRET + gateway + backend('echo') + tcpRoute('route', ['name: gw'], ['name: echo, port: 3000'])
}

function asked({world}: Stage): readonly string[] {
  const {listeners} = compileWorld(world, {credentials: listenerCredentials(world, 0)})
  const served = listeners.filter(({chains: [chain]}) => chain?.gateway.name === 'gw')
  // a Gateway listens at the machine's address and at that of its Service
  return [...new Set(served.map(({port, chains: [chain]}) => `${port} ${chain?.tls?.mode}${chain?.tls?.ca === undefined ? '' : chain.tls.ca === CA ? ' CA' : ' another'}`))]
}

const conditions = (it: Stage, name: string) =>
  conditionLines(it.find<GatewayWithStatus>('Gateway', 'gw').status?.listeners?.find((listener) => listener.name === name)?.conditions)

/** The scenarios of Gateway API conformance for `spec.tls.frontend`, and what Istio adds. */
describe('clients of a Gateway', () => {
  test('must show a certificate of the authority in a ConfigMap', async () => {
    expect(asked(await stage(configMap('ca', {'ca.crt': CA}) + manifest(`{default: ${validation(ref('ca'))}}`)))).toEqual(['8443 MUTUAL CA', '8444 MUTUAL CA'])
  })

  test('must show one of the authority in a Secret', async () => {
    const secret = `apiVersion: v1\nkind: Secret\nmetadata: {name: ca, namespace: default}\ndata: {ca.crt: ${base64(CA)}}\n---\n`
    expect(asked(await stage(secret + manifest(`{default: ${validation('{group: "", kind: Secret, name: ca}')}}`)))).toEqual(['8443 MUTUAL CA', '8444 MUTUAL CA'])
  })

  test('are asked by port where the port has its own', async () => {
    const maps = configMap('ca', {'ca.crt': CA}) + configMap('other', {'ca.crt': pem('probe/tls/certificate')})
    const perPort = `perPort: [{port: 8444, tls: ${validation(ref('other'))}}]`
    expect(asked(await stage(maps + manifest(`{default: {}, ${perPort}}`)))).toEqual(['8443 SIMPLE', '8444 MUTUAL another'])
    expect(asked(await stage(maps + manifest(`{default: ${validation(ref('ca'))}, ${perPort}}`)))).toEqual(['8443 MUTUAL CA', '8444 MUTUAL another'])
    expect(asked(await stage(maps + manifest(`{default: ${validation(ref('ca'))}, perPort: [{port: 8444, tls: {}}]}`)))).toEqual(['8443 MUTUAL CA', '8444 SIMPLE'])
  })

  test('may come without a valid one where that is allowed, and may come without any where the listener says so', async () => {
    const map = configMap('ca', {'ca.crt': CA})
    expect(asked(await stage(map + manifest(`{default: ${validation(ref('ca'), 'AllowInsecureFallback')}}`)))).toEqual(['8443 SIMPLE', '8444 SIMPLE'])
    const optional = manifest(`{default: ${validation(ref('ca'))}}`, 'options: {gateway.istio.io/tls-terminate-mode: OPTIONAL_MUTUAL}, ')
    expect(asked(await stage(map + optional))).toEqual(['8443 OPTIONAL_MUTUAL CA', '8444 OPTIONAL_MUTUAL CA'])
  })

  const [missing, malformed] = ['configmap default/missing not found', 'the CA certificate is no PEM certificate']
  test.each([
    [ref('missing'), `InvalidCACertificateRef: invalid CA certificate reference /ConfigMap/missing., ${missing}`],
    [ref('malformed'), `InvalidCACertificateRef: invalid CA certificate reference /ConfigMap/malformed., ${malformed}`],
    ['{group: apps, kind: Cow, name: a}', 'InvalidCACertificateKind: invalid CA certificate reference apps/Cow/a., only secret and configmap are allowed'],
    [ref('ca', ', namespace: other'), 'RefNotPermitted: caCertificateRef other/ca not accessible to a Gateway in namespace "default" (missing a ReferenceGrant?)'],
    [`${ref('ca')}, ${ref('ca')}`, 'InvalidCACertificateRef: only one caCertificateRef is supported'],
  ])('are not served by a listener whose authority cannot be had (%s), and are by the others', async (refs, problem) => {
    const maps = namespace('other') + configMap('ca', {'ca.crt': CA}) + configMap('malformed', {'ca.crt': 'none'}) + configMap('ca', {'ca.crt': CA}, 'other')
    const it = await stage(maps + manifest(`{default: ${validation(ref('ca'))}, perPort: [{port: 8444, tls: ${validation(refs)}}]}`))
    expect(asked(it)).toEqual(['8443 MUTUAL CA'])
    expect(conditions(it, 'a').every((line) => !line.startsWith('Accepted=False'))).toBe(true)
    expect(conditions(it, 'b')).toEqual([
      `Accepted=False NoValidCACertificate: ${problem.slice(problem.indexOf(': ') + 2)}`,
      'Conflicted=False NoConflicts: No errors found',
      'Programmed=False Invalid: Bad TLS configuration',
      `ResolvedRefs=False ${problem}`,
    ])
  })

  test('are asked by an authority of another namespace that grants it', async () => {
    const allowed = grant('other', {kind: 'Gateway', from: 'default'}).replace('kind: Service', 'kind: ConfigMap')
    const it = await stage(namespace('other') + configMap('ca', {'ca.crt': CA}, 'other') + allowed + manifest(`{default: ${validation(ref('ca', ', namespace: other'))}}`))
    expect(asked(it)).toEqual(['8443 MUTUAL CA', '8444 MUTUAL CA'])
  })
})
