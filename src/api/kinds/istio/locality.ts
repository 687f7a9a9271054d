import type {LocalitySetting, OutlierDetection} from '../destination-rule.js'
import {FINE, merge, refuse, warn, type Verdict} from './verdict.js'

const TOPOLOGY_LABELS = ['topology.kubernetes.io/region', 'topology.kubernetes.io/zone', 'topology.istio.io/subzone']

/** Which places traffic prefers (istio agent.ValidateLocalityLbSetting). The first contradiction ends the check, as in istiod. */
export function checkLocality(setting: LocalitySetting | undefined, outlier: OutlierDetection | undefined): Verdict {
  if (setting === undefined) return FINE
  const {distribute = [], failover = [], failoverPriority = []} = setting
  if (distribute.length > 0 && failover.length > 0) return refuse("can not simultaneously specify 'distribute' and 'failover'")
  const label = failover.length > 0 ? failoverPriority.find((one) => TOPOLOGY_LABELS.includes(one)) : undefined
  if (label !== undefined) return refuse(`can not simultaneously set 'failover' and topology label '${label}' in 'failover_priority'`)
  const ofDistribution = checkDistribution(distribute)
  if (ofDistribution.isFinal) return refuse(...ofDistribution.errors)
  const needsOutliers = (failover.length > 0 || failoverPriority.length > 0) && outlier === undefined
  return merge(
    refuse(...ofDistribution.errors, ...checkLocalities(distribute.map(({from = ''}) => from))),
    needsOutliers ? warn('outlier detection policy must be provided for failover') : FINE,
    refuse(...failover.flatMap(checkFailover)),
  )
}

function checkDistribution(distribute: NonNullable<LocalitySetting['distribute']>): {readonly errors: readonly string[]; readonly isFinal: boolean} {
  const errors: string[] = []
  for (const {to = {}} of distribute) {
    const weights = Object.values(to)
    const total = weights.reduce((sum, weight) => sum + weight, 0)
    if (weights.includes(0)) return {errors: [...errors, 'locality weight must be in range [1, 100]'], isFinal: true}
    if (total !== 100) return {errors: [...errors, `total locality weight ${total} != 100`], isFinal: true}
    errors.push(...checkLocalities(Object.keys(to)))
  }
  return {errors, isFinal: false}
}

/** `region/zone/subzone`, each place named once; a wildcard ends the text and covers what is below. */
function checkLocalities(localities: readonly string[]): readonly string[] {
  const seen: string[][] = []
  for (const locality of localities) {
    const stars = locality.split('*').length - 1
    if (stars > 1 || (stars === 1 && !locality.endsWith('*'))) return [`locality ${locality} wildcard '*' number can not exceed 1 and must be in the end`]
    const parts = splitLocality(locality)
    const isOverlap = seen.some((other) => isWithin(parts, other)) || (seen.length > 0 && coversSeen(parts, seen)) || seen.some(([region]) => region === '*')
    if (isOverlap) return [`locality ${locality} overlap with previous specified ones`]
    if (parts.includes('')) return [`locality ${locality} must not contain empty region/zone/subzone info`]
    seen.push(parts)
  }
  return []
}

/** At most three parts: what follows belongs to the subzone. */
function splitLocality(locality: string): string[] {
  const [region = '', zone, ...rest] = locality.split('/')
  return [region, ...(zone === undefined ? [] : [zone]), ...(rest.length === 0 ? [] : [rest.join('/')])]
}

/** Whether `parts` lies in a place seen before (`a/b/c` in `a/b` or `a/*`). */
function isWithin(parts: readonly string[], other: readonly string[]): boolean {
  const prefix = other.at(-1) === '*' ? other.slice(0, -1) : other
  return prefix.length <= parts.length && prefix.every((part, index) => part === parts[index])
}

/** Whether a region or zone comes after something inside it. */
function coversSeen(parts: readonly string[], seen: readonly (readonly string[])[]): boolean {
  if (parts.length === 3 || parts.at(-1) === '*') return false
  return seen.some((other) => parts.every((part, index) => part === other[index]))
}

function checkFailover({from = '', to = ''}: {readonly from?: string; readonly to?: string}): readonly string[] {
  return [
    ...(from === to ? ['locality lb failover settings must specify different regions'] : []),
    ...(from.includes('/') || to.includes('/') ? ['locality lb failover only specify region'] : []),
    ...(from.includes('*') || to.includes('*') ? ["locality lb failover region should not contain '*' wildcard"] : []),
  ]
}
