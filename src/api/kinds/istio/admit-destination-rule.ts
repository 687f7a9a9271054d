import type {DestinationRule, Subset} from '../destination-rule.js'
import {checkWildcardDomain} from './domain.js'
import {checkExportTo} from './export-to.js'
import {checkReservedAnnotations} from './reserved-annotations.js'
import {checkSubsetName} from './subset-name.js'
import {checkSelector, checkTags} from './tags.js'
import {checkTrafficPolicy} from './traffic-policy.js'
import {errorsOf, FINE, merge, refuse, type Verdict} from './verdict.js'

/** istiod's verdict on a DestinationRule (istio validation.go ValidateDestinationRule). */
export function admitDestinationRule(rule: DestinationRule): Verdict {
  const {host = '', trafficPolicy, subsets = [], exportTo, workloadSelector} = (rule.spec ?? {}) as Partial<DestinationRule['spec']>
  const namespace = rule.metadata.namespace ?? ''
  return merge(
    refuse(...checkReservedAnnotations(rule), ...checkWildcardDomain(host)),
    checkTrafficPolicy(trafficPolicy, namespace),
    ...admitSubsets(subsets, namespace),
    refuse(...checkExportTo(exportTo, namespace, {selectsWorkloads: workloadSelector !== undefined})),
    workloadSelector === undefined ? FINE : checkSelector(workloadSelector.matchLabels),
  )
}

/** The warnings of subsets are lost, as in istiod. */
function admitSubsets(subsets: readonly Subset[], namespace: string): readonly Verdict[] {
  const names = new Set<string>()
  return subsets.map((subset) => {
    if (subset === null) return refuse('subset may not be null')
    const {name = '', labels, trafficPolicy} = subset
    const isDuplicate = names.has(name)
    names.add(name)
    return merge(
      refuse(...(isDuplicate ? [`duplicate subset names: ${name}`] : []), ...checkSubsetName(name)),
      checkTags(labels),
      errorsOf(checkTrafficPolicy(trafficPolicy, namespace)),
    )
  })
}
