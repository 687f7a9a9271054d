import type {Labels} from '../api/labels.js'

/** Whether every selector label is among `labels` with the same value; an empty selector selects everything. */
export function selects(selector: Labels | undefined, labels: Labels | undefined): boolean {
  for (const key in selector) if (labels?.[key] !== selector[key]) return false
  return true
}

/** `a=b,c=d` with the keys in order, as Kubernetes writes selectors. */
export function formatLabels(labels: Labels | undefined): string {
  return Object.entries(labels ?? {})
    .map(([key, value]) => `${key}=${value}`)
    .sort()
    .join(',')
}
