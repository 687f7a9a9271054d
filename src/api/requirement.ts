import {labelKey, labelValue} from './names.js'
import {StatusError} from './status-error.js'

export type Operator = 'in' | 'notin' | '=' | '!=' | 'gt' | 'lt' | 'exists' | '!'

/** One condition on one label. `values` has one entry for `= != gt lt`, none for `exists` and `!`. */
export interface Requirement {
  readonly key: string
  readonly operator: Operator
  readonly values: readonly string[]
}

/** A checked requirement. Throws a BadRequest in the words of apimachinery `labels.NewRequirement`. */
export function requirement(key: string, operator: Operator, values: readonly string[]): Requirement {
  const fail = (where: string, value: string, text: string): never => {
    throw new StatusError('BadRequest', `unable to parse requirement: ${where}: Invalid value: ${JSON.stringify(value)}: ${text}`)
  }
  for (const text of labelKey(key)) fail('<nil>', key, text)
  if ((operator === 'in' || operator === 'notin') && values.length === 0) {
    throw new StatusError('BadRequest', "unable to parse requirement: values: Invalid value: []: for 'in', 'notin' operators, values set can't be empty")
  }
  values.forEach((value, index) => {
    if ((operator === 'gt' || operator === 'lt') && !isInteger(value)) fail(`values[${index}]`, value, "for 'Gt', 'Lt' operators, the value must be an integer")
    for (const text of labelValue(value)) fail(`values[${index}][${key}]`, value, text)
  })
  return {key, operator, values}
}

/** Whether the value of the requirement's label, undefined where there is none, satisfies it (apimachinery `Requirement.Matches`). */
export function satisfies({operator, values}: Requirement, value: string | undefined): boolean {
  switch (operator) {
    case 'exists':
      return value !== undefined
    case '!':
      return value === undefined
    case '=':
    case 'in':
      return value !== undefined && values.includes(value)
    case '!=':
    case 'notin':
      return value === undefined || !values.includes(value)
    case 'gt':
      return value !== undefined && isInteger(value) && BigInt(value) > BigInt(values[0] ?? 0)
    case 'lt':
      return value !== undefined && isInteger(value) && BigInt(value) < BigInt(values[0] ?? 0)
    default:
      return operator satisfies never
  }
}

function isInteger(text: string): boolean {
  return /^-?\d+$/.test(text)
}

/** As kubectl writes it: `version in (v1,v2)`, `!canary`. */
export function formatRequirement({key, operator, values}: Requirement): string {
  switch (operator) {
    case 'exists':
      return key
    case '!':
      return `!${key}`
    case 'in':
    case 'notin':
      return `${key} ${operator} (${[...values].sort().join(',')})`
    case 'gt':
      return `${key}>${values[0] ?? ''}`
    case 'lt':
      return `${key}<${values[0] ?? ''}`
    default:
      return `${key}${operator}${values[0] ?? ''}`
  }
}
