import {alignRows, type TabLayout} from './tabwriter.js'

/** As much of the gateway's report as `top` looks at. */
export interface TopSample {
  /** Unix epoch, ms. */
  readonly atMs: number
  readonly listeners: readonly TopListener[]
  readonly stats: {readonly clusters: Readonly<Record<string, TopCluster>>}
}

interface TopListener {
  readonly name: string
  readonly address: string
  readonly port: number
  readonly bound: boolean
  readonly destinations: readonly {readonly cluster: string; readonly subset: string; readonly weight: number}[]
}

interface TopCluster {
  readonly picked: number
  readonly active: number
  readonly connectFailed: number
  readonly noHealthyUpstream: number
  readonly overflow: number
  readonly bytesFromClients: number
  readonly bytesToClients: number
}

const NOTHING: TopCluster = {picked: 0, active: 0, connectFailed: 0, noHealthyUpstream: 0, overflow: 0, bytesFromClients: 0, bytesToClients: 0}
/** Closer than kubectl's tables, so that lines fit a terminal of 80 columns. */
const LAYOUT: TabLayout = {minWidth: 0, padding: 2}
const HEADER = ['LISTENER', 'SUBSET', 'WEIGHT', 'SHARE', 'CONN/S', 'OPEN', 'IN/S', 'OUT/S', 'ERR']

/**
 * What went through each subset between two samples: its weight and the share it got of the new connections, rates per second, connections open
 * now, and failures since the gateway started. A listener's further ports are left out: they share its counts.
 */
export function renderTop(before: TopSample, now: TopSample): string {
  const seconds = Math.max(0.001, (now.atMs - before.atMs) / 1000)
  const own = now.listeners.filter(({name, bound}, index) => bound && now.listeners.findIndex((other) => other.name === name) === index)
  if (own.length === 0) return 'no listeners: apply a Gateway and a VirtualService with a tcp route for it\n'
  return alignRows([HEADER, ...own.flatMap((listener) => rowsOf(listener, before, now, seconds))], LAYOUT)
}

function rowsOf({address, port, destinations}: TopListener, before: TopSample, now: TopSample, seconds: number): readonly string[][] {
  const weights = destinations.reduce((sum, {weight}) => sum + weight, 0)
  const grown = destinations.map(({cluster}) => difference(now.stats.clusters[cluster], before.stats.clusters[cluster]))
  const picked = grown.reduce((sum, one) => sum + one.picked, 0)
  return destinations.map(({cluster, subset, weight}, index) => {
    const delta = grown[index] ?? NOTHING
    const total = now.stats.clusters[cluster] ?? NOTHING
    return [
      index === 0 ? `${address}:${port}` : '',
      subset === '' ? '-' : subset,
      percent(weight / weights),
      picked === 0 ? '-' : percent(delta.picked / picked),
      (delta.picked / seconds).toFixed(1),
      String(total.active),
      formatBytes(delta.bytesFromClients / seconds),
      formatBytes(delta.bytesToClients / seconds),
      String(total.connectFailed + total.noHealthyUpstream + total.overflow),
    ]
  })
}

/** Counters that went backwards belong to a gateway that was restarted: they count from 0. */
function difference(now: TopCluster = NOTHING, before: TopCluster = NOTHING): TopCluster {
  const since = (field: keyof TopCluster) => (now[field] >= before[field] ? now[field] - before[field] : now[field])
  return {...now, picked: since('picked'), bytesFromClients: since('bytesFromClients'), bytesToClients: since('bytesToClients')}
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)}%`
}

function formatBytes(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB']
  const step = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10))
  return `${(bytes / 1024 ** step).toFixed(step === 0 ? 0 : 1)} ${units[step]}`
}
