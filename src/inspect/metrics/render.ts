import {compareBytes} from '../tables/compare-bytes.js'
import type {Metric} from './metric.js'

/** Envoy's `/stats`: a line for each, by name. */
export function statsText(metrics: readonly Metric[]): string {
  return named(metrics)
    .map(({stat, value}) => `${stat}: ${value}\n`)
    .join('')
}

/** Envoy's `/stats?format=json`. */
export function statsJson(metrics: readonly Metric[]): {readonly stats: readonly {readonly name: string; readonly value: number}[]} {
  return {stats: named(metrics).map(({stat, value}) => ({name: stat, value}))}
}

function named(metrics: readonly Metric[]): readonly {readonly stat: string; readonly value: number}[] {
  return metrics.flatMap(({stat, value}) => (stat === undefined ? [] : [{stat, value}])).sort((a, b) => compareBytes(a.stat, b.stat))
}

/** Prometheus' text format 0.0.4: each family once, with its type, in the order of their names. */
export function prometheusText(metrics: readonly Metric[]): string {
  const families = new Map<string, Metric[]>()
  for (const metric of metrics) {
    const family = families.get(metric.family)
    if (family === undefined) families.set(metric.family, [metric])
    else family.push(metric)
  }
  const names = [...families.keys()].sort(compareBytes)
  return names.map((name) => renderFamily(name, families.get(name) ?? [])).join('')
}

function renderFamily(name: string, metrics: readonly Metric[]): string {
  const lines = metrics.map(({labels, value}) => `${name}${renderLabels(labels)} ${value}\n`)
  return `# TYPE ${name} ${metrics[0]?.type ?? 'counter'}\n${lines.join('')}`
}

function renderLabels(labels: Metric['labels']): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escapeLabel(value)}"`)
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`
}

function escapeLabel(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
}
