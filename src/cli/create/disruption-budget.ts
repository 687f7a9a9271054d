import type {KubeObject, ObjectMeta} from '../../api/object.js'
import {parseRequirements} from '../../api/parse-selector.js'
import type {Requirement} from '../../api/requirement.js'
import {StatusError} from '../../api/status-error.js'
import {UserError} from '../../base/user-error.js'

export interface BudgetOptions {
  readonly selector?: string | undefined
  readonly minAvailable?: string | undefined
  readonly maxUnavailable?: string | undefined
}

const AMOUNT = /^\d+%?$/
const EXPRESSIONS: Readonly<Record<string, string>> = {in: 'In', notin: 'NotIn', exists: 'Exists', '!': 'DoesNotExist'}
const NEW_STATUS = {disruptionsAllowed: 0, currentHealthy: 0, desiredHealthy: 0, expectedPods: 0}

/** A PodDisruptionBudget. Throws kubectl's UserErrors. Source: kubectl `create_pdb.go`. */
export function disruptionBudgetOf(metadata: ObjectMeta, {selector = '', minAvailable = '', maxUnavailable = ''}: BudgetOptions): KubeObject {
  if (selector === '') throw new UserError('a selector must be specified')
  if (minAvailable === '' && maxUnavailable === '') throw new UserError('one of min-available or max-unavailable must be specified')
  if (minAvailable !== '' && maxUnavailable !== '') throw new UserError('min-available and max-unavailable cannot be both specified')
  const spec = {
    ...(minAvailable === '' ? {} : {minAvailable: amount(minAvailable, 'min-available')}),
    selector: labelSelectorOf(selector),
    ...(maxUnavailable === '' ? {} : {maxUnavailable: amount(maxUnavailable, 'max-unavailable')}),
  }
  return {kind: 'PodDisruptionBudget', apiVersion: 'policy/v1', metadata, ...{spec, status: NEW_STATUS}}
}

function amount(text: string, flag: string): string | number {
  if (!AMOUNT.test(text)) throw new UserError(`invalid format specified for ${flag}`)
  return text.endsWith('%') ? text : Number(text)
}

/** A selector as an object's field. Throws for what such a field cannot say. Source: apimachinery `ParseToLabelSelector`. */
function labelSelectorOf(text: string): object {
  const requirements = requirementsOf(text)
  const labels = requirements.filter(({operator}) => operator === '=').map(({key, values}) => [key, values[0] ?? ''])
  const expressions = requirements.filter(({operator}) => operator !== '=').map(expression)
  return {
    ...(labels.length === 0 ? {} : {matchLabels: Object.fromEntries(labels) as object}),
    ...(expressions.length === 0 ? {} : {matchExpressions: expressions}),
  }
}

function expression({key, operator, values}: Requirement): object {
  const name = EXPRESSIONS[operator]
  if (operator === 'gt' || operator === 'lt') throw new UserError(`"${operator}" isn't supported in label selectors`)
  if (name === undefined) throw new UserError(`"${operator}" is not a valid label selector operator`)
  return {key, operator: name, ...(values.length === 0 ? {} : {values})}
}

function requirementsOf(text: string): readonly Requirement[] {
  try {
    return [...parseRequirements(text)].sort((a, b) => (a.key < b.key ? -1 : 1))
  } catch (error) {
    if (!(error instanceof StatusError)) throw error
    throw new UserError(`couldn't parse the selector string ${JSON.stringify(text)}: ${error.message}`)
  }
}
