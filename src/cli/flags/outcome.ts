import {Flags} from '@oclif/core'

/** What a verb that changes objects prints. */
export const outcomeFlag = {
  output: Flags.option({char: 'o', options: ['name', 'yaml', 'json'] as const, description: 'print the objects instead of a line each'})(),
}
