import {report} from '../finding.js'
import {hostsOf} from '../hosts.js'
import type {Rule} from '../rule.js'
import {selectsAny, workloadsOf} from '../workloads.js'

/** Any pod of any namespace with the subset's labels will do, whatever the Service selects (istio destinationrule/subset.go). */
export const destinationRuleSubsets: Rule = {
  name: 'destinationrule.SubsetSelectPodAnalyzer',
  description: 'Checks if pods are selected by subsets in destination rules.',
  codes: ['IST0173', 'IST0174'],
  readsCoreKinds: true,
  *check({inventory}) {
    const hosts = hostsOf(inventory)
    const workloads = workloadsOf(inventory)
    for (const subject of inventory.destinationRules) {
      const {metadata, spec = {}} = subject.object
      const found = hosts.find(spec.host ?? '', {namespace: metadata.namespace ?? '', exportTo: spec.exportTo})
      if (found === undefined) {
        yield report(subject, 'IST0174', [spec.host ?? ''])
        continue
      }
      for (const {name = '', labels} of spec.subsets ?? []) {
        if (!selectsAny({...found.workloadSelector, ...labels}, workloads)) yield report(subject, 'IST0173', [name])
      }
    }
  },
}
