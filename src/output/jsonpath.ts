import type {Json} from '../api/object.js'
import {UserError} from '../base/user-error.js'
import {formatGoSyntax, formatGoValue} from './go-print.js'
import {formatCompactJson, formatJson} from './json.js'
import {evaluate, type EvaluateOptions} from './jsonpath/evaluate.js'
import type {Template} from './jsonpath/node.js'
import {parseTemplate} from './jsonpath/parse-template.js'

/**
 * A template in kubectl's JSONPath dialect, as a function from a value to what `-o jsonpath=…` prints for it: what each action finds
 * joined by spaces, maps and lists as compact JSON, nothing for missing keys.
 * A template that cannot be read, and one that fails on a value, is a UserError in kubectl's words.
 */
export function parseJsonPath(template: string, options: EvaluateOptions = {}): (value: unknown) => string {
  return runner(template, options, (values) => values.map(formatValue).join(' '))
}

/** The same for `-o jsonpath-as-json=…`: what each action finds is a JSON list. */
export function parseJsonPathAsJson(template: string): (value: unknown) => string {
  return runner(template, {}, formatJson)
}

function runner(template: string, options: EvaluateOptions, print: (values: readonly Json[]) => string): (value: unknown) => string {
  const parsed = parse(template)
  return (value) => {
    try {
      return evaluate(parsed, value as Json, options).map((action) => print(action)).join('')
    } catch (cause) {
      throw failure(template, value, cause)
    }
  }
}

function parse(template: string): Template {
  try {
    return parseTemplate(template)
  } catch (cause) {
    throw new UserError(`error parsing jsonpath ${template}, ${reasonOf(cause)}`, {cause})
  }
}

function formatValue(value: Json): string {
  if (value === null) return 'null'
  return typeof value === 'object' ? formatCompactJson(value) : formatGoValue(value)
}

function failure(template: string, value: unknown, cause: unknown): UserError {
  const lines = [
    `error executing jsonpath ${JSON.stringify(template)}: Error executing template: ${reasonOf(cause)}. Printing more information for debugging the template:`,
    '\ttemplate was:',
    `\t\t${template}`,
    '\tobject given to jsonpath engine was:',
    `\t\t${formatGoSyntax(value as Json)}`,
  ]
  return new UserError(lines.join('\n'), {cause})
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause)
}
