import {describe, expect, test} from 'vitest'
import {changedListeners} from './changed-listeners.js'
import {compile} from '../../src/routing/compile.js'
import type {Routing} from '../../src/routing/routing.js'
import {INGRESS_PROXY, snapshotOf} from './snapshot-of.js'

interface World {
  readonly weights?: readonly [number, number]
  readonly replicas?: number
  readonly ports?: readonly number[]
  readonly source?: string
  readonly connectTimeout?: string
  readonly idleTimeout?: string
  readonly targetPort?: number
}

/** One gateway whose ports all lead to tcp-echo. */
function routingOf(world: World): Routing {
  const {weights = [80, 20], replicas = 1, ports = [31400], source = 'tcp-echo', connectTimeout = '1s', idleTimeout = '1h', targetPort = 9000} = world
  const servers = ports.map((port) => `{port: {number: ${port}, name: tcp-${port}, protocol: TCP}, hosts: ["*"]}`)
  const manifest = `
{kind: Service, metadata: {name: tcp-echo}, spec: {selector: {app: tcp-echo}, ports: [{name: tcp, port: 9000, targetPort: ${targetPort}}]}}
---
{kind: Deployment, metadata: {name: v1}, spec: {replicas: ${replicas}, template: {metadata: {labels: {app: tcp-echo, version: v1}}}}}
---
kind: DestinationRule
metadata: {name: tcp-echo}
spec:
  host: tcp-echo
  subsets: [{name: v1, labels: {version: v1}}]
  trafficPolicy: {connectionPool: {tcp: {connectTimeout: ${connectTimeout}, idleTimeout: ${idleTimeout}}}}
---
{kind: Gateway, metadata: {name: gateway}, spec: {selector: {istio: ingressgateway}, servers: [${servers.join(', ')}]}}
---
kind: VirtualService
metadata: {name: ${source}}
spec:
  hosts: ["*"]
  gateways: [gateway]
  tcp:
  - route:
    - {destination: {host: tcp-echo, subset: v1}, weight: ${weights[0]}}
    - {destination: {host: tcp-echo}, weight: ${weights[1]}}
`
  return compile(snapshotOf(manifest), INGRESS_PROXY)
}

/** The changes by listener name, with the sources of the chains that drain. */
function changes(before: World | undefined, after: World): object {
  const {added, removed, changed} = changedListeners(before && routingOf(before), routingOf(after))
  return {
    ...(added.length > 0 && {added: added.map(({name}) => name)}),
    ...(removed.length > 0 && {removed: removed.map(({name}) => name)}),
    ...(changed.length > 0 && {
      changed: changed.map((change) => change.after.name),
      drained: changed.flatMap(({drained}) => drained.map(({source}) => source?.name)),
    }),
  }
}

describe('a new routing', () => {
  const name = '0.0.0.0_31400'
  test.each<[string, World | undefined, World, object]>([
    ['adds every listener at first', undefined, {}, {added: [name]}],
    ['that is equal changes nothing', {}, {}, {}],
    ['with other endpoints changes nothing', {}, {replicas: 5}, {}],
    ['with endpoints at another port changes nothing', {}, {targetPort: 9002}, {}],
    ['with another cluster policy changes nothing', {}, {connectTimeout: '2s'}, {}],
    ['with other weights drains the chain', {}, {weights: [50, 50]}, {changed: [name], drained: ['tcp-echo']}],
    ['with another idle timeout drains the chain', {}, {idleTimeout: '5s'}, {changed: [name], drained: ['tcp-echo']}],
    ['with the route of another VirtualService drains the old one', {}, {source: 'other'}, {changed: [name], drained: ['tcp-echo']}],
    ['with one more port adds a listener and leaves the other alone', {}, {ports: [31400, 31401]}, {added: ['0.0.0.0_31401']}],
    ['with one port less removes its listener', {ports: [31400, 31401]}, {}, {removed: ['0.0.0.0_31401']}],
    ['with the servers in another order drains nothing', {ports: [31401, 31400]}, {ports: [31400, 31401]}, {changed: [name, '0.0.0.0_31401'], drained: []}],
  ])('%s', (_, before, after, expected) => {
    expect(changes(before, after)).toEqual(expected)
  })
})
