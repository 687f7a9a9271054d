import {expect, test} from 'vitest'
import {compareConfigs} from '../../src/cli/inspect/compare-configs.js'
import {configDump} from '../../src/inspect/envoy/config-dump.js'
import {INGRESS_PROXY, viewOf} from '../../src/inspect/proxy-view.js'
import {proxyRows, proxyStatusTable} from '../../src/inspect/proxy-status.js'
import {alignRows} from '../../src/output/tabwriter.js'
import type {Routing} from '../../src/routing/routing.js'
import {ALL_V1, compiled, SERVICES, tutorial} from './tutorial.js'

const POD = {pod: 'istio-ingressgateway-1', namespace: 'istio-system', proxy: INGRESS_PROXY, address: undefined}
const ISTIOD = {name: 'tshift-7', version: '0.1.0'}
const table = (wanted: Routing, inForce: Routing, verbose: boolean) =>
  alignRows(proxyStatusTable(proxyRows([POD], wanted, inForce), ISTIOD, verbose), {minWidth: 0, padding: 5})

test('the default view says who is subscribed to what', () => {
  const {routing} = tutorial()
  expect(table(routing, routing, false)).toBe(
    [
      'NAME                                    CLUSTER        ISTIOD       VERSION     SUBSCRIBED TYPES',
      'istio-ingressgateway-1.istio-system     Kubernetes     tshift-7     0.1.0       4 (CDS,LDS,EDS,RDS)',
      '',
    ].join('\n'),
  )
})

test('the verbose view says what is behind', () => {
  expect(table(tutorial().routing, compiled(SERVICES, ALL_V1).routing, true)).toBe(
    [
      'NAME                                    CLUSTER        CDS       ECDS        EDS       LDS       RDS         ISTIOD       VERSION',
      'istio-ingressgateway-1.istio-system     Kubernetes     STALE     IGNORED     STALE     STALE     IGNORED     tshift-7     0.1.0',
      '',
    ].join('\n'),
  )
})

test('one proxy is compared resource by resource', () => {
  const dump = (routing: Routing) => configDump(viewOf(routing, INGRESS_PROXY), {version: '', ruleOf: () => undefined, hasPages: true})
  const {routing} = tutorial()
  expect(compareConfigs(dump(routing), dump(routing))).toBe('Clusters Match\nListeners Match\nRoutes Match\n')
  const moved = {...routing, listeners: routing.listeners.map((listener) => ({...listener, bind: '127.0.0.2'}))}
  const text = compareConfigs(dump(routing), dump(moved))
  expect(text).toContain("Clusters Match\nListeners Don't Match\n--- Istiod Listeners: 0.0.0.0_31400\n+++ Envoy Listeners: 0.0.0.0_31400\n")
  expect(text).toContain('-            "address": "0.0.0.0",\n+            "address": "127.0.0.2",\n')
})
