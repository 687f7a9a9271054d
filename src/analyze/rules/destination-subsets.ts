import {destinationsOf} from '../destinations.js'
import {report} from '../finding.js'
import {resourceNameOf} from '../hosts.js'
import type {Inventory} from '../inventory.js'
import type {Rule} from '../rule.js'

/** A DestinationRule in any namespace will do, whoever it is exported to (istio virtualservice/destinationrules.go). */
export const destinationSubsets: Rule = {
  name: 'virtualservice.DestinationRuleAnalyzer',
  description: 'Checks the destination rules associated with each virtual service',
  codes: ['IST0101'],
  *check({inventory}) {
    const defined = definedSubsets(inventory)
    for (const subject of inventory.virtualServices) {
      for (const {destination, path, isMirror} of destinationsOf(subject.object)) {
        const {host = '', subset = ''} = destination
        const key = `${resourceNameOf(host, subject.object.metadata.namespace ?? '')}+${subset}`
        const reference = isMirror ? 'mirror+subset in destinationrule' : 'host+subset in destinationrule'
        if (subset !== '' && !defined.has(key)) yield report(subject, 'IST0101', [reference, `${host}+${subset}`], path)
      }
    }
  },
}

function definedSubsets({destinationRules}: Inventory): ReadonlySet<string> {
  return new Set(
    destinationRules.flatMap(({object: {metadata, spec = {}}}) => {
      const name = resourceNameOf(spec.host ?? '', metadata.namespace ?? '')
      return (spec.subsets ?? []).map((subset) => `${name}+${subset.name}`)
    }),
  )
}
