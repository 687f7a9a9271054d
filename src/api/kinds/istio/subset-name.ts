import {isLabel} from './domain.js'

export function checkSubsetName(name: string): readonly string[] {
  if (name === '') return ['subset name cannot be empty']
  return isLabel(name) ? [] : [`subset name is invalid: ${name}`]
}
