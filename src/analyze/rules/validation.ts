import {checkAdmission} from '../../api/check-admission.js'
import {types} from '../../api/registry.js'
import type {ResourceType} from '../../api/resource-type.js'
import type {AnalyzedObject} from '../analyzed-object.js'
import {report, type Finding} from '../finding.js'
import type {Rule} from '../rule.js'

/** istiod's own validation, a rule for each kind it has a word on (istio schema/validation.go). */
export const validations: readonly Rule[] = types.flatMap((type) => (type.admit === undefined ? [] : [validationOf(type)]))

function validationOf(type: ResourceType): Rule {
  const {kind, served} = type
  const apiVersions = new Set(served.map(({group, version}) => `${group}/${version}`))
  return {
    name: `schema.ValidationAnalyzer.${kind}`,
    description: `Runs schema validation as an analyzer on '${kind}' resources`,
    codes: ['IST0106', 'IST0130', 'IST0131', 'IST0133'],
    *check({inventory}) {
      for (const subject of inventory.all) {
        const {object} = subject
        if (object.kind !== kind || !apiVersions.has(object.apiVersion)) continue
        const {errors, warnings} = checkAdmission(type, object)
        for (const error of errors) yield report(subject, 'IST0106', [error])
        for (const warning of warnings) yield reportWarning(subject, warning)
      }
    },
  }
}

const UNREACHABLE = /^virtualService rule (\S+) not used \((.*)\)$/
const INEFFECTIVE = /^virtualService rule (\S+) match (\S+) is not used \(duplicate\/overlapping match in rule (\S+)\)$/

/** Two warnings have codes of their own. */
function reportWarning(subject: AnalyzedObject, warning: string): Finding {
  const unreachable = UNREACHABLE.exec(warning)?.slice(1)
  if (unreachable !== undefined) return report(subject, 'IST0130', unreachable)
  const ineffective = INEFFECTIVE.exec(warning)?.slice(1)
  return ineffective === undefined ? report(subject, 'IST0133', [warning]) : report(subject, 'IST0131', ineffective)
}
