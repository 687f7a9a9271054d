import {expect, test} from 'vitest'
import {routingFindings} from '../../src/cli/analyze/routing-findings.js'

const API = 'networking.istio.io/v1'
const entry = (name: string) => ({
  apiVersion: API,
  kind: 'ServiceEntry',
  metadata: {name, namespace: 'default'},
  spec: {hosts: [`${name}.example`], resolution: 'DNS', ports: [{number: 9000, name: 'tcp', protocol: 'TCP'}]},
})
const OBJECTS = [
  {apiVersion: API, kind: 'Gateway', metadata: {name: 'g', namespace: 'default'}, spec: {servers: [{port: {number: 31400, name: 'tcp', protocol: 'TCP'}, hosts: ['*']}]}},
  {
    apiVersion: API,
    kind: 'VirtualService',
    metadata: {name: 'v', namespace: 'default'},
    spec: {hosts: ['*'], gateways: ['g'], tcp: [{route: [{destination: {host: 'gone.example'}, weight: 1}, {destination: {host: 'stale.example'}, weight: 1}]}]},
  },
  entry('gone'),
  entry('stale'),
]

test('names resolve wherever one analyzes, unless a running gateway knows better', async () => {
  const unresolved = {'gone.example': {reason: 'the name is not known'}, 'stale.example': {reason: 'the name server does not answer', addresses: ['192.0.2.1']}}
  const said = async (running?: {unresolved: typeof unresolved}) => {
    const findings = await routingFindings(OBJECTS, running)
    return new Set(findings.flatMap(({code, object, message}) => (object.startsWith('ServiceEntry') ? [`${code} ${object}: ${message}`] : [])))
  }
  expect(await said()).toEqual(new Set())
  expect(await said({unresolved})).toEqual(
    new Set([
      'host-not-resolved ServiceEntry default/gone: host name gone.example has no address (the name is not known): connections are accepted and closed (UH)',
      'host-stale ServiceEntry default/stale: host name stale.example cannot be resolved any more (the name server does not answer): its last addresses stay in use (192.0.2.1)',
    ]),
  )
})
