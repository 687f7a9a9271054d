import type {Command, Operand, Pipe} from './node.js'

/** Nodes as Go's parser writes them back, which is how errors show where they happened. */
export function formatOperand(operand: Operand): string {
  switch (operand.type) {
    case 'dot':
      return '.'
    case 'nil':
      return 'nil'
    case 'constant':
      return operand.text
    case 'field':
      return operand.names.map((name) => `.${name}`).join('')
    case 'variable':
      return [operand.name, ...operand.names].join('.')
    case 'function':
      return operand.name
    case 'pipe':
      return formatPipe(operand.pipe)
    case 'chain':
      return `${operand.of.type === 'pipe' ? `(${formatOperand(operand.of)})` : formatOperand(operand.of)}${operand.names.map((name) => `.${name}`).join('')}`
    default:
      return operand satisfies never
  }
}

export function formatCommand({operands}: Command): string {
  return operands.map((operand) => (operand.type === 'pipe' ? `(${formatPipe(operand.pipe)})` : formatOperand(operand))).join(' ')
}

export function formatPipe({variables, isAssignment, commands}: Pipe): string {
  const declared = variables.length === 0 ? '' : `${variables.join(', ')} ${isAssignment ? '=' : ':='} `
  return `${declared}${commands.map(formatCommand).join(' | ')}`
}

/** The operand that is evaluated last: where Go places what goes wrong with the value of a pipeline. */
export function lastPlace({commands, at}: Pipe): {readonly at: number; readonly shown: string} {
  const last = commands.at(-1)?.operands.at(-1)
  if (last === undefined) return {at, shown: ''}
  return last.type === 'pipe' ? lastPlace(last.pipe) : {at: last.at, shown: formatOperand(last)}
}
