import {UserError} from '../base/user-error.js'
import {formatCompactJson} from './json.js'
import {execute} from './go-template/execute.js'
import {FUNCTIONS} from './go-template/functions.js'
import {parseTemplates} from './go-template/parser.js'
import {TemplateFailure} from './go-template/template-failure.js'
import {formatValue, type Value} from './go-template/value.js'

/**
 * A Go template as a function from a value to what `-o go-template=…` prints for it. A template that cannot be read is a UserError in
 * kubectl's words; one that fails on a value a TemplateFailure, which also has what kubectl prints then.
 * Source: Go `text/template`, cli-runtime `printers/template.go`.
 */
export function parseGoTemplate(text: string, {allowsMissingKeys = true}: {readonly allowsMissingKeys?: boolean} = {}): (value: unknown) => string {
  const templates = parse(text)
  return (value) => {
    const {printed, problem} = execute(templates, {text, dot: value as Value, allowsMissingKeys})
    if (problem === undefined) return printed
    throw new TemplateFailure(`error executing template ${JSON.stringify(text)}: ${problem}`, `${printed}${moreInformation(text, value, problem)}`)
  }
}

function parse(text: string): ReturnType<typeof parseTemplates> {
  try {
    return parseTemplates(text, new Set(FUNCTIONS.keys()))
  } catch (cause) {
    throw new UserError(`error parsing template ${text}, ${cause instanceof Error ? cause.message : String(cause)}`, {cause})
  }
}

function moreInformation(text: string, value: unknown, problem: string): string {
  return [
    `Error executing template: ${problem}. Printing more information for debugging the template:`,
    '\ttemplate was:',
    `\t\t${text}`,
    '\traw data was:',
    `\t\t${formatCompactJson(value)}`,
    '\tobject given to template engine was:',
    `\t\t${formatValue(value as Value)}`,
    '\n',
  ].join('\n')
}
