import type {TrafficPolicy} from '../objects/destination-rule.js'
import type {MergedRule} from './destination-rules.js'

/** A policy after precedence: what holds for one cluster. */
export type Policy = Omit<TrafficPolicy, 'portLevelSettings'>

/**
 * The policy of a cluster. Settings for the port replace the rule's own entirely, what they leave out is the default; a subset's policy
 * then replaces field by field, or entirely where it has settings for the port (istio util MergeSubsetTrafficPolicy).
 */
export function policyFor(rule: MergedRule | undefined, subset: string, port: number): Policy {
  const {policy: base} = atPort(rule?.trafficPolicy, port)
  const subsetPolicy = rule?.subsets.get(subset)?.trafficPolicy
  if (subsetPolicy === undefined) return base
  const {policy, isPortLevel} = atPort(subsetPolicy, port)
  return isPortLevel ? {...withoutPortFields(base), ...policy} : {...base, ...policy}
}

function atPort(policy: TrafficPolicy | undefined, port: number): {policy: Policy; isPortLevel: boolean} {
  const {portLevelSettings = [], ...own} = policy ?? {}
  const settings = portLevelSettings.find((entry) => entry.port?.number === port)
  if (settings === undefined) return {policy: own, isPortLevel: false}
  const {port: _, ...portPolicy} = settings
  return {policy: portPolicy, isPortLevel: true}
}

function withoutPortFields({tunnel, proxyProtocol}: Policy): Policy {
  return {...(tunnel && {tunnel}), ...(proxyProtocol && {proxyProtocol})}
}
