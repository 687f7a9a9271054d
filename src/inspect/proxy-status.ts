import {isSameJson} from '../api/same-json.js'
import type {Routing} from '../routing/routing.js'
import {podView} from './pod-view.js'
import type {ProxyId} from './proxy-view.js'

/** A pod with a proxy, and what its proxy has against what it should have. */
export interface ProxyRow {
  /** `pod.namespace` */
  readonly name: string
  readonly clusters: SyncState
  readonly endpoints: SyncState
  readonly listeners: SyncState
}

export type SyncState = 'SYNCED' | 'STALE'

export interface Subscriber {
  readonly pod: string
  readonly namespace: string
  readonly proxy: ProxyId
  readonly address: string | undefined
}

/** Compares what is in force with what the store says, proxy by proxy; rows by name (istioctl writer/pilot/status.go). */
export function proxyRows(subscribers: readonly Subscriber[], wanted: Routing, inForce: Routing): readonly ProxyRow[] {
  const rows = subscribers.map(({pod, namespace, proxy, address}): ProxyRow => {
    const [should, has] = [podView(wanted, proxy, address), podView(inForce, proxy, address)]
    const endpointsOf = ({clusters}: typeof should) => Object.entries(clusters).map(([key, {endpoints}]) => [key, endpoints])
    const settingsOf = ({clusters}: typeof should) => Object.entries(clusters).map(([key, {endpoints: _, ...settings}]) => [key, settings])
    return {
      name: `${pod}.${namespace}`,
      clusters: compare(settingsOf(should), settingsOf(has)),
      endpoints: compare(endpointsOf(should), endpointsOf(has)),
      listeners: compare(should.listeners, has.listeners),
    }
  })
  return rows.sort((a, b) => (a.name < b.name ? -1 : 1))
}

function compare(should: unknown, has: unknown): SyncState {
  return isSameJson(should, has) ? 'SYNCED' : 'STALE'
}

export interface ControlPlane {
  /** In the place of an istiod's name. */
  readonly name: string
  readonly version: string
}

/** There is one cluster, by the name Istio gives the only one. */
const CLUSTER = 'Kubernetes'
const SUBSCRIBED = '4 (CDS,LDS,EDS,RDS)'

/** `istioctl proxy-status`; with `verbose` the state of each kind of configuration. TCP has neither routes nor extensions to send. */
export function proxyStatusTable(rows: readonly ProxyRow[], {name: istiod, version}: ControlPlane, verbose: boolean): readonly (readonly string[])[] {
  if (!verbose) return [['NAME', 'CLUSTER', 'ISTIOD', 'VERSION', 'SUBSCRIBED TYPES'], ...rows.map(({name}) => [name, CLUSTER, istiod, version, SUBSCRIBED])]
  const header = ['NAME', 'CLUSTER', 'CDS', 'ECDS', 'EDS', 'LDS', 'RDS', 'ISTIOD', 'VERSION']
  return [
    header,
    ...rows.map(({name, clusters, endpoints, listeners}) => [name, CLUSTER, clusters, 'IGNORED', endpoints, listeners, 'IGNORED', istiod, version]),
  ]
}
