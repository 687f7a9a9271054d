import {alignRows, TABLE_LAYOUT} from './tabwriter.js'

/** Thousandths of a CPU, and bytes. */
export interface ShownUsage {
  readonly cpuMillis: number
  readonly memoryBytes: number
  readonly swapBytes: number
}

export interface ShownPod {
  readonly namespace: string
  readonly name: string
  readonly usage: ShownUsage
  readonly containers: readonly {readonly name: string; readonly usage: ShownUsage}[]
}

export interface ShownNode {
  readonly name: string
  readonly usage: ShownUsage
  /** What there is of each. */
  readonly available: ShownUsage
}

export type UsageOrder = '' | 'cpu' | 'memory'

export interface UsageTableOptions {
  readonly sortBy: UsageOrder
  readonly hidesHeaders: boolean
  readonly showsSwap: boolean
}

export interface PodTableOptions extends UsageTableOptions {
  readonly showsContainers: boolean
  readonly showsNamespace: boolean
  readonly showsSum: boolean
}

const MIB = 2 ** 20
const RULE = '________'

/** kubectl's `top pod`, every cell padded. Source: kubectl `metricsutil/metrics_printer.go`. */
export function podUsageTable(pods: readonly ShownPod[], options: PodTableOptions): string {
  const {hidesHeaders, showsContainers, showsNamespace, showsSum} = options
  const head = [
    ...(showsNamespace ? ['NAMESPACE'] : []),
    ...(showsContainers ? ['POD'] : []),
    'NAME',
    'CPU(cores)',
    'MEMORY(bytes)',
    ...(options.showsSwap ? ['SWAP(bytes)'] : []),
  ]
  const isByNamespace = showsNamespace && options.sortBy === ''
  const sorted = [...pods].sort((a, b) => (isByNamespace ? compare(a.namespace, b.namespace) : 0) || byUsage(a, b, options.sortBy))
  const rows = sorted.flatMap((pod) => podRows(pod, options))
  return aligned([...(hidesHeaders ? [] : [head]), ...rows, ...(showsSum ? sumRows(pods, hidesHeaders ? widthWithout(options) : head.length, options) : [])])
}

function podRows({namespace, name, usage, containers}: ShownPod, options: PodTableOptions): readonly (readonly string[])[] {
  const place = options.showsNamespace ? [namespace] : []
  if (!options.showsContainers) return [[...place, name, ...cells(usage, options)]]
  return [...containers].sort((a, b) => byUsage(a, b, options.sortBy)).map((container) => [...place, name, container.name, ...cells(container.usage, options)])
}

/** Without headers kubectl counts no columns but those of usage. */
function widthWithout({showsSwap}: PodTableOptions): number {
  return showsSwap ? 4 : 3
}

function sumRows(pods: readonly ShownPod[], width: number, options: PodTableOptions): readonly (readonly string[])[] {
  const total = (amount: (usage: ShownUsage) => number) => pods.reduce((sum, {usage}) => sum + amount(usage), 0)
  const usage = {cpuMillis: total(({cpuMillis}) => cpuMillis), memoryBytes: total(({memoryBytes}) => memoryBytes), swapBytes: total(({swapBytes}) => swapBytes)}
  const blank = (count: number) => Array.from({length: count}, () => '')
  return [
    [...blank(width - 2), RULE, RULE],
    [...blank(width - 2), ...cells(usage, options)],
  ]
}

/** kubectl's `top node`: usage and its share of what there is. */
export function nodeUsageTable(nodes: readonly ShownNode[], options: UsageTableOptions): string {
  const head = ['NAME', 'CPU(cores)', 'CPU(%)', 'MEMORY(bytes)', 'MEMORY(%)', ...(options.showsSwap ? ['SWAP(bytes)', 'SWAP(%)'] : [])]
  const rows = [...nodes].sort((a, b) => byUsage(a, b, options.sortBy)).map(({name, usage, available}) => {
    const shares = [share(usage.cpuMillis, available.cpuMillis), share(usage.memoryBytes, available.memoryBytes), share(usage.swapBytes, available.swapBytes)]
    return [name, ...cells(usage, options).flatMap((cell, index) => [cell, shares[index] ?? ''])]
  })
  return aligned([...(options.hidesHeaders ? [] : [head]), ...rows])
}

function cells({cpuMillis, memoryBytes, swapBytes}: ShownUsage, {showsSwap}: UsageTableOptions): readonly string[] {
  return [`${cpuMillis}m`, mebibytes(memoryBytes), ...(showsSwap ? [mebibytes(swapBytes)] : [])]
}

function mebibytes(bytes: number): string {
  return `${Math.floor(bytes / MIB)}Mi`
}

function share(part: number, whole: number): string {
  return `${whole === 0 ? 0 : Math.floor((part / whole) * 100)}%`
}

function byUsage(a: {readonly name: string; readonly usage: ShownUsage}, b: {readonly name: string; readonly usage: ShownUsage}, sortBy: UsageOrder): number {
  if (sortBy === 'cpu') return b.usage.cpuMillis - a.usage.cpuMillis
  if (sortBy === 'memory') return b.usage.memoryBytes - a.usage.memoryBytes
  return compare(a.name, b.name)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** The last cell too, as kubectl has it. */
function aligned(rows: readonly (readonly string[])[]): string {
  return alignRows(rows.map((row) => [...row, '']), TABLE_LAYOUT)
}
