import {formatRequirement, requirement, satisfies, type Operator, type Requirement} from './requirement.js'
import {parseRequirements} from './parse-selector.js'
import {StatusError} from './status-error.js'

/** Conditions that must all hold; without any, everything is selected. */
export type Selector = readonly Requirement[]

export type Labels = Readonly<Record<string, string>>

/** The selector of workloads (`spec.selector` of a Deployment). */
export interface LabelSelector {
  readonly matchLabels?: Labels
  readonly matchExpressions?: readonly {readonly key: string; readonly operator: string; readonly values?: readonly string[]}[]
}

const EXPRESSION_OPERATORS: Readonly<Record<string, Operator>> = {In: 'in', NotIn: 'notin', Exists: 'exists', DoesNotExist: '!'}

/** Whether labels satisfy a selector. A label that is missing satisfies `!=` and `notin` (apimachinery `Requirement.Matches`). */
export function matches(selector: Selector, labels: Labels): boolean {
  return selector.every((requirement) => satisfies(requirement, Object.hasOwn(labels, requirement.key) ? labels[requirement.key] : undefined))
}

/** Every pair must be there (a Service's selector). */
export function selectorFromMap(labels: Labels): Selector {
  return Object.entries(labels).map(([key, value]) => ({key, operator: '=', values: [value]}))
}

/** Throws a BadRequest for an operator or a set of values that the API server would refuse. */
export function fromLabelSelector({matchLabels = {}, matchExpressions = []}: LabelSelector): Selector {
  const expressions = matchExpressions.map(({key, operator, values = []}) => {
    const known = EXPRESSION_OPERATORS[operator]
    if (known === undefined) throw new StatusError('BadRequest', `"${operator}" is not a valid label selector operator`)
    return requirement(key, known, values)
  })
  return [...selectorFromMap(matchLabels), ...expressions]
}

/** `app=tcp-echo,version in (v1,v2),!canary`, by key: how kubectl shows a selector. Empty for one that selects everything. */
export function formatSelector(selector: Selector): string {
  return [...selector]
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(formatRequirement)
    .join(',')
}

/**
 * Parses kubectl's `-l`: conditions separated by commas, each `key`, `!key`, `key=value` (or `==`), `key!=value`, `key>1`, `key<1`,
 * `key in (a,b)` or `key notin (a,b)`. Throws a BadRequest in the words of apimachinery `labels.Parse`.
 */
export function parseSelector(text: string): Selector {
  return parseRequirements(text)
}
