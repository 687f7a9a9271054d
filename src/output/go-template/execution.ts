import {lineAt} from './lexer.js'
import {ROOT} from './parser.js'
import type {Templates} from './node.js'
import type {Value} from './value.js'

/** One run of a template: what is written and which variables there are. */
export interface Execution {
  readonly templates: Templates
  readonly text: string
  readonly allowsMissingKeys: boolean
  /** The template that runs, for errors. */
  readonly name: string
  readonly depth: number
  readonly written: string[]
  readonly variables: {readonly name: string; value: Value}[]
}

/** Go's error of a template that fails on a value. */
export class ExecutionError extends Error {}

/** An error at a node, shown as `shown`. Source: Go `text/template.state.errorf`. */
export function failAt({text, name}: Execution, {at, shown}: {readonly at: number; readonly shown: string}, reason: string): ExecutionError {
  const column = at - (text.slice(0, at).lastIndexOf('\n') + 1)
  return new ExecutionError(`template: ${ROOT}:${lineAt(text, at)}:${column}: executing ${JSON.stringify(name)} at <${shown}>: ${reason}`)
}

/** False where there is no such variable. */
export function setVariable({variables}: Execution, name: string, value: Value): boolean {
  const variable = variables.findLast((one) => one.name === name)
  if (variable !== undefined) variable.value = value
  return variable !== undefined
}

export function variableOf({variables}: Execution, name: string): Value {
  return variables.findLast((one) => one.name === name)?.value
}
