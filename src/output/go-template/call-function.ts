import {ExecutionError, failAt, type Execution} from './execution.js'
import {formatCommand, formatOperand} from './format-node.js'
import {FUNCTIONS, type TemplateFunction} from './functions.js'
import type {Command, Operand} from './node.js'
import {isTrue, typeName, type Value} from './value.js'

export interface Call {
  readonly dot: Value
  readonly name: string
  readonly command: Command
  readonly args: readonly Operand[]
  /** The last argument, where a pipeline gives it. */
  readonly final: {readonly value: Value} | undefined
}

type Evaluate = (run: Execution, dot: Value, operand: Operand) => Value

/** Calls a function of a template. Source: Go `text/template.state.evalCall`. */
export function callFunction(run: Execution, call: Call, evaluate: Evaluate): Value {
  const {dot, name, command, args, final} = call
  const found = FUNCTIONS.get(name)
  if (found === undefined) throw failAt(run, {at: command.at, shown: name}, `${JSON.stringify(name)} is not a defined function`)
  requireCount(run, call, found)
  if (name === 'and' || name === 'or') return firstDecisive(run, call, evaluate)
  const values = args.map((operand, index) => {
    const value = evaluate(run, dot, operand)
    return found.text?.(index) === true ? requireText(run, operand, value) : value
  })
  if (final !== undefined) values.push(final.value)
  try {
    return name === 'call' ? refuseCall(args, values) : found.call(values)
  } catch (error) {
    if (error instanceof ExecutionError || !(error instanceof Error)) throw error
    throw failAt(run, {at: command.at, shown: formatCommand(command)}, `error calling ${name}: ${error.message}`)
  }
}

function requireCount(run: Execution, {name, command, args, final}: Call, {least, most}: TemplateFunction): void {
  const count = args.length + (final === undefined ? 0 : 1)
  const wanted = most === least ? `want ${least}` : `want at least ${least}`
  if (count < least || count > most) throw failAt(run, {at: command.at, shown: name}, `wrong number of args for ${name}: ${wanted} got ${count}`)
}

/** `and` stops at the first that is false, `or` at the first that is true; those behind it are not evaluated. */
function firstDecisive(run: Execution, {dot, name, args, final}: Call, evaluate: Evaluate): Value {
  let value: Value
  for (const operand of args) {
    value = evaluate(run, dot, operand)
    if (isTrue(value) === (name === 'or')) return value
  }
  return final === undefined ? value : final.value
}

function requireText(run: Execution, operand: Operand, value: Value): Value {
  if (typeof value === 'string') return value
  const fail = (reason: string) => failAt(run, {at: operand.at, shown: formatOperand(operand)}, reason)
  if (operand.type === 'constant') throw fail(`expected string; found ${operand.text}`)
  if (value === undefined || value === null) throw fail('invalid value; expected string')
  throw fail(`wrong type for value; expected string; got ${typeName(value)}`)
}

/** No value of an object is a function. */
function refuseCall([operand]: readonly Operand[], [value]: readonly Value[]): never {
  if (value === undefined || value === null) throw new Error('call of nil')
  throw new Error(`non-function ${operand === undefined ? '' : formatOperand(operand)} of type ${typeName(value)}`)
}
