import {selects} from '../../routing/labels.js'
import type {Labels} from '../../api/labels.js'
import type {DestinationRule, PortPolicy} from '../../routing/objects/destination-rule.js'
import {indent, LEVEL, shortName} from './lines.js'

/** Subsets of a rule that some pod belongs to, and those that none does. */
export interface SubsetMatch {
  readonly matching: readonly string[]
  readonly other: readonly string[]
}

function matchSubsets(rule: DestinationRule | undefined, podLabels: readonly Labels[]): SubsetMatch {
  const subsets = (rule?.spec?.subsets ?? []).map(({name = '', labels}) => ({name, matches: podLabels.some((pod) => selects(labels, pod))}))
  return {matching: subsets.filter(({matches}) => matches).map(({name}) => name), other: subsets.filter(({matches}) => !matches).map(({name}) => name)}
}

/** A DestinationRule and how it fits the pods (istioctl describe printDestinationRule). */
export function ruleLines(
  rule: DestinationRule,
  podLabels: readonly Labels[],
  {start, asked}: {readonly start: number; readonly asked: string},
): readonly string[] {
  const {matching, other} = matchSubsets(rule, podLabels)
  const hasSubsets = matching.length + other.length > 0
  return [
    indent(start, `DestinationRule: ${shortName(rule.metadata, asked)} for ${JSON.stringify(rule.spec?.host ?? '')}`),
    ...(hasSubsets && matching.length === 0
      ? [indent(start + LEVEL[1], `WARNING POD DOES NOT MATCH ANY SUBSETS.  (Non matching subsets ${other.join(',')})`)]
      : []),
    ...(hasSubsets ? [indent(start + LEVEL[1], `Matching subsets: ${matching.join(',')}`)] : []),
    ...(other.length > 0 ? [indent(start + LEVEL[2], `(Non-matching subsets ${other.join(',')})`)] : []),
    ...policyLines(rule, start),
  ]
}

function policyLines({spec}: DestinationRule, start: number): readonly string[] {
  const policy = spec?.trafficPolicy
  if (policy === undefined) return [indent(start + LEVEL[1], 'No Traffic Policy')]
  const ports = policy.portLevelSettings ?? []
  return [
    ...(policy.tls === undefined ? [] : [indent(start + LEVEL[1], `Traffic Policy TLS Mode: ${policy.tls.mode ?? 'DISABLE'}`)]),
    ...shortPolicies(policy).map((line) => indent(start + LEVEL[1], line)),
    ...(ports.length === 0 ? [] : [indent(start + LEVEL[1], 'Port Level Settings:')]),
    ...ports.flatMap((settings) => [
      indent(4, `${settings.port?.number ?? 0}:`),
      ...(settings.tls === undefined ? [] : [indent(start + LEVEL[2], `TLS Mode: ${settings.tls.mode ?? 'DISABLE'}`)]),
      ...shortPolicies(settings).map((line) => indent(start + LEVEL[2], line)),
    ]),
  ]
}

function shortPolicies({loadBalancer, connectionPool, outlierDetection}: PortPolicy): readonly string[] {
  const names = [
    ...(loadBalancer === undefined ? [] : ['load balancer']),
    ...(connectionPool === undefined ? [] : ['connection pool']),
    ...(outlierDetection === undefined ? [] : ['outlier detection']),
  ]
  return names.length === 0 ? [] : [`Policies: ${names.join('/')}`]
}
