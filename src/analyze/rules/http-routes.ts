import {report} from '../finding.js'
import type {Rule} from '../rule.js'

/** What is stored for the sake of files that other parts of Istio read too. */
export const httpRoutes: Rule = {
  name: 'tshift.HttpRouteAnalyzer',
  description: 'Checks for http routes, which have no effect here',
  codes: ['TSHIFT0221'],
  *check({inventory}) {
    for (const subject of inventory.virtualServices) {
      if ((subject.object.spec?.http ?? []).length > 0) yield report(subject, 'TSHIFT0221', [], ['spec', 'http'])
    }
  },
}
