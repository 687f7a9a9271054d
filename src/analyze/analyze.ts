import type {Secret} from '../api/kinds/secret.js'
import type {RoutingFinding} from '../routing/routing.js'
import type {AnalyzedObject} from './analyzed-object.js'
import {reportPlain, type Finding} from './finding.js'
import {takeInventory} from './inventory.js'
import {inOrder} from './order.js'
import type {Rule, RuleInput} from './rule.js'
import {withoutRepetition} from './without-repetition.js'

export interface AnalysisInput {
  readonly objects: readonly AnalyzedObject[]
  readonly rules: readonly Rule[]
  readonly routing: readonly RoutingFinding[]
  isUsable(secret: Secret): boolean
  /** Nothing is known where it is left out. */
  readonly listening?: RuleInput['listening']
  /** Called before each rule; may throw to end the analysis. */
  beforeRule?(rule: Rule): void
}

/**
 * All that the rules have to say about the objects, in Istio's order and each once. Rules look at all objects of all namespaces; what to show of
 * their findings is for `selectFindings`. Never throws because of an object: a rule that fails becomes an IST0001.
 */
export function analyze({objects, rules, routing, isUsable, listening = () => [], beforeRule}: AnalysisInput): readonly Finding[] {
  const input: RuleInput = {inventory: takeInventory(objects), routing, isUsable, listening}
  const findings = rules.flatMap((rule) => {
    beforeRule?.(rule)
    return run(rule, input)
  })
  return inOrder(withoutRepetition(findings, routing))
}

function run(rule: Rule, input: RuleInput): readonly Finding[] {
  try {
    return [...rule.check(input)]
  } catch (error) {
    return [reportPlain('IST0001', [`${rule.name}: ${error instanceof Error ? error.message : String(error)}`])]
  }
}
