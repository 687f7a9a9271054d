import Table from 'cli-table3'
import {formatAge} from '../api/age.js'

/** As much of the gateway process's report as people are shown. */
interface StatusView {
  readonly pid: number
  readonly startedAt: string
  readonly engine: string
  readonly workers: number
  readonly workerRestarts: number
  readonly admin?: readonly AdminView[]
  readonly drained?: boolean
  readonly listeners: readonly ListenerView[]
  /** The Services' own addresses. */
  readonly services?: readonly ListenerView[]
  readonly findings: readonly {readonly level: string; readonly object: string; readonly message: string}[]
  readonly stats: {readonly traffic: readonly TrafficView[]}
}

interface AdminView {
  readonly name: string
  readonly address: string
  readonly port: number
  readonly bound: boolean
  readonly problem?: string
}

interface ListenerView {
  readonly name: string
  readonly address: string
  readonly port: number
  readonly bound: boolean
  readonly engine?: string
  readonly problem?: string
  readonly gateway: string
  readonly virtualService: string
  readonly chains: readonly ChainView[]
}

/** Connections of one chain of a listener to a cluster, and of these the ended ones by how they ended. */
interface TrafficView {
  readonly listener: string
  readonly chain: string
  readonly cluster: string
  readonly opened: number
  readonly closed: Readonly<Record<string, number>>
}

interface ChainView {
  readonly key: string
  readonly match: string
  readonly route: string
  readonly destinations: readonly {readonly cluster: string; readonly weight: number; readonly endpoints: number}[]
}

/** The gateway process's report for people: who it is, each listener with its weighted destinations, and what routing has to remark. */
export function renderGatewayStatus(status: StatusView, nowMs: number): string {
  const restarts = status.workerRestarts === 0 ? '' : `, ${status.workerRestarts} replaced after a crash`
  const running = `gateway running (pid ${status.pid}) for ${formatAge(status.startedAt, nowMs)}`
  const head = `${running}: ${status.engine} engine, ${status.workers} worker(s)${restarts}\n${adminLine(status.admin ?? [])}`
  const remarks = status.findings.filter(({level}) => level !== 'info').map(({level, object, message}) => `${level}: ${object}: ${message}\n`)
  if (status.drained === true) return `${head}DRAINED: no connections are accepted until 'tshift gateway restart'\n${remarks.join('')}`
  const services = status.services ?? []
  const routed = services.filter(({bound, virtualService}) => bound && virtualService !== '').map((service) => ({...service, gateway: 'mesh'}))
  const shown = [...status.listeners, ...routed]
  const rows = shown.flatMap((listener, index) => rowsOf(listener, status, shown.slice(0, index)))
  const table = rows.length === 0 ? 'no listeners: apply a Gateway and a VirtualService with a tcp route for it\n' : `${drawTable(HEADER, rows)}\n`
  return `${head}${table}${otherEngine(status)}${unboundServices(services)}${remarks.join('')}`
}

/** Listeners that the gateway's own engine leaves to others. */
function otherEngine({engine: main, listeners}: StatusView): string {
  const others = listeners.filter(({bound, engine = main}) => bound && engine !== main)
  const engines = [...new Set(others.map(({engine}) => engine))]
  const lines = engines.map(
    (name) =>
      `served by the ${name} engine: ${others
        .filter(({engine}) => engine === name)
        .map(({address, port}) => `${address}:${port}`)
        .join(', ')}\n`,
  )
  const noLog = main === 'nftables' ? 'the kernel forwards: it writes no access log, and times that clients wait for endpoints are their own\n' : ''
  return `${lines.join('')}${noLog}`
}

/** They are no listeners of a gateway, and one that cannot be bound is no failure of it. */
function unboundServices(services: readonly ListenerView[]): string {
  const [first, ...others] = services.filter(({bound}) => !bound)
  if (first === undefined) return ''
  const rest = others.length === 0 ? '' : ` (and ${others.length} more)`
  return `info: Service ${first.gateway} is not reached at its address: ${first.problem ?? ''}${rest}\n`
}

function adminLine(ports: readonly AdminView[]): string {
  if (ports.length === 0) return ''
  const texts = ports.map(({name, address, port, bound, problem = ''}) => (bound ? `${name} http://${address}:${port}` : `no ${name} port: ${problem}`))
  return `${texts.join(', ')}\n`
}

const HEADER = ['LISTENER', 'GATEWAY', 'ROUTE', 'WEIGHT', 'CLUSTER', 'ENDPOINTS', 'CONNECTIONS', 'OPEN']

const RULES = ['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right', 'left', 'left-mid', 'mid', 'mid-mid', 'right', 'right-mid']
const NO_RULES = Object.fromEntries(RULES.map((name) => [name, '']))

function drawTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const table = new Table({head: [...header], chars: {...NO_RULES, middle: ' '}, style: {head: [], border: [], 'padding-left': 0, 'padding-right': 1}})
  table.push(...rows.map((row) => [...row]))
  return table.toString()
}

/** A further port of a listener that stands above is only named: its connections are counted there. */
function rowsOf(listener: ListenerView, {stats}: StatusView, above: readonly ListenerView[]): readonly string[][] {
  const where = `${listener.address}:${listener.port}`
  const first = above.find(({name}) => name === listener.name)
  if (listener.bound && first !== undefined) return [[where, listener.gateway, `as ${first.address}:${first.port}`, '', '', '', '', '']]
  if (!listener.bound) return [[where, listener.gateway, listener.virtualService, '-', `NOT BOUND: ${listener.problem ?? ''}`, '', '', '']]
  const rows = listener.chains.flatMap((chain, index) => {
    const isCountedAbove = listener.chains.slice(0, index).some(({key}) => key === chain.key)
    return chainRows(index === 0 ? [where, listener.gateway] : ['', ''], chain, (cluster) =>
      isCountedAbove ? ['', ''] : countsOf(stats.traffic, {listener: listener.name, chain: chain.key, cluster}),
    )
  })
  return listener.problem === undefined ? rows : [...rows, ['', '', '', '', `PROBLEM: ${listener.problem}`, '', '', '']]
}

function chainRows(place: readonly string[], {match, route, destinations}: ChainView, counts: (cluster: string) => readonly string[]): readonly string[][] {
  const total = destinations.reduce((sum, {weight}) => sum + weight, 0)
  const name = match === '' ? route : `${route === '' ? '-' : route} (${match})`
  return destinations.map(({cluster, weight, endpoints}, index) => {
    const share = `${Math.round((1000 * weight) / total) / 10}%`
    return [...(index === 0 ? [...place, name] : ['', '', '']), share, cluster, String(endpoints), ...counts(cluster)]
  })
}

/** The cells CONNECTIONS and OPEN: what came by this listener and chain, whatever else leads to the cluster. */
function countsOf(traffic: readonly TrafficView[], {listener, chain, cluster}: Pick<TrafficView, 'listener' | 'chain' | 'cluster'>): readonly string[] {
  const found = traffic.find((one) => one.listener === listener && one.chain === chain && one.cluster === cluster)
  if (found === undefined) return ['0', '0']
  const closed = Object.values(found.closed).reduce((sum, count) => sum + count, 0)
  return [String(found.opened), String(found.opened - closed)]
}
