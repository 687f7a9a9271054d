import {isJsonObject, type Json} from '../../api/object.js'
import {report} from '../finding.js'
import type {WithStatus} from '../inventory.js'
import type {Rule} from '../rule.js'

/** What a controller has said no to (istio conditions/conditions.go). */
export const conditions: Rule = {
  name: 'conditions.ConditionAnalyzer',
  description: 'Checks for negative status conditions on resources',
  codes: ['IST0171'],
  readsCoreKinds: true,
  *check({inventory}) {
    for (const subject of [...inventory.services, ...inventory.serviceEntries]) {
      const list = (subject.object as WithStatus).status?.['conditions']
      for (const condition of Array.isArray(list) ? (list as readonly Json[]) : []) {
        if (!isJsonObject(condition) || condition['status'] !== 'False') continue
        yield report(subject, 'IST0171', [textOf(condition['type']), textOf(condition['reason']), textOf(condition['message'])])
      }
    }
  },
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : ''
}
