import {callFunction} from './call-function.js'
import {failAt, setVariable, variableOf, type Execution} from './execution.js'
import {formatOperand, lastPlace} from './format-node.js'
import type {Command, Operand, Pipe} from './node.js'
import {isMap, typeName, type Value} from './value.js'

/** What comes out of the command before, where there is one. */
type Final = {readonly value: Value} | undefined

/** The value of a pipeline; its variables are made or set. A nil comes out as nothing, as in Go. */
export function evaluatePipe(run: Execution, dot: Value, pipe: Pipe): Value {
  let final: Final
  for (const command of pipe.commands) final = {value: evaluateCommand(run, dot, {command, final}) ?? undefined}
  const value = final?.value
  for (const name of pipe.variables) {
    if (!pipe.isAssignment) run.variables.push({name, value})
    else if (!setVariable(run, name, value)) throw failAt(run, lastPlace(pipe), `undefined variable: ${name}`)
  }
  return value
}

function evaluateCommand(run: Execution, dot: Value, {command, final}: {readonly command: Command; readonly final: Final}): Value {
  const [first, ...others] = command.operands
  if (first === undefined) return undefined
  const hasArguments = others.length > 0 || final !== undefined
  if (first.type === 'function') return callFunction(run, {dot, name: first.name, command, args: others, final}, evaluateOperand)
  if (first.type === 'field' || first.type === 'variable' || first.type === 'chain') {
    if (hasArguments && 'names' in first && first.names.length > 0) throw notAMethod(run, first)
    if (!hasArguments) return evaluateOperand(run, dot, first)
  }
  if (hasArguments) throw failAt(run, {at: first.at, shown: formatOperand(first)}, `can't give argument to non-function ${formatOperand(first)}`)
  if (first.type === 'nil') throw failAt(run, {at: first.at, shown: 'nil'}, 'nil is not a command')
  return evaluateOperand(run, dot, first)
}

function notAMethod(run: Execution, operand: Operand & {names: readonly string[]}): Error {
  return failAt(run, {at: operand.at, shown: formatOperand(operand)}, `${operand.names.at(-1) ?? ''} is not a method but has arguments`)
}

/** The value of an argument, or of a command that is only one. */
function evaluateOperand(run: Execution, dot: Value, operand: Operand): Value {
  switch (operand.type) {
    case 'dot':
      return dot
    case 'nil':
      return null
    case 'constant':
      return operand.value
    case 'field':
      return follow(run, dot, {operand, names: operand.names, isBoxed: true})
    case 'variable':
      return follow(run, variableOf(run, operand.name), {operand, names: operand.names, isBoxed: false})
    case 'pipe':
      return evaluatePipe(run, dot, operand.pipe)
    case 'chain':
      return follow(run, evaluateOperand(run, dot, operand.of), {operand, names: operand.names, isBoxed: false})
    case 'function':
      return callFunction(run, {dot, name: operand.name, command: {operands: [operand], at: operand.at}, args: [], final: undefined}, evaluateOperand)
    default:
      return operand satisfies never
  }
}

interface Chain {
  readonly operand: Operand
  readonly names: readonly string[]
  /** What Go holds in an `interface {}` is called so in errors, whatever it is. */
  readonly isBoxed: boolean
}

function follow(run: Execution, receiver: Value, {operand, names, isBoxed}: Chain): Value {
  const inner = operand.type === 'chain' && operand.of.type === 'pipe' ? operand.of.pipe : undefined
  const place = inner !== undefined ? lastPlace(inner) : {at: operand.at, shown: formatOperand(operand)}
  const fail = (reason: string) => failAt(run, place, reason)
  let value = receiver
  names.forEach((name, index) => {
    if (value === undefined) {
      if (!run.allowsMissingKeys) throw fail(`nil data; no entry for key ${JSON.stringify(name)}`)
      return
    }
    if (value === null) throw fail(`nil pointer evaluating interface {}.${name}`)
    if (!isMap(value)) throw fail(`can't evaluate field ${name} in type ${isBoxed || index > 0 ? 'interface {}' : typeName(value)}`)
    const found: Value = Object.hasOwn(value, name) ? value[name] : undefined
    if (found === undefined && !run.allowsMissingKeys) throw fail(`map has no entry for key ${JSON.stringify(name)}`)
    value = found
  })
  return value
}
