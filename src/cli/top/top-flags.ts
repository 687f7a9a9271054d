import {Flags} from '@oclif/core'
import {UserError} from '../../base/user-error.js'
import type {UsageOrder} from '../../output/usage-tables.js'
import {selectorFlag} from '../flags/selector.js'

/** What `top pod` and `top node` share. */
export const usageFlags = {
  ...selectorFlag,
  'no-headers': Flags.boolean({description: 'no header line', default: false}),
  'show-swap': Flags.boolean({description: 'show swapped out memory too', default: false}),
  'sort-by': Flags.string({description: 'cpu or memory, the most first; by name otherwise', default: '', helpValue: 'FIELD'}),
  'use-protocol-buffers': Flags.boolean({description: 'as kubectl has it; nothing is sent here', default: true, allowNo: true}),
}

/** Throws kubectl's UserError. */
export function usageOrderOf({'sort-by': sortBy}: {readonly 'sort-by': string}): UsageOrder {
  if (sortBy === '' || sortBy === 'cpu' || sortBy === 'memory') return sortBy
  throw new UserError('--sort-by accepts only cpu or memory')
}

/** The one NAME there may be, and only without a selector. Throws kubectl's UserErrors. */
export function nameOf(words: readonly string[], kind: 'pod' | 'node', selectors: readonly (string | undefined)[]): string | undefined {
  const [name, ...rest] = words
  if (rest.length > 0) throw new UserError(`${kind} [NAME | -l label]`, {hint: `See 'tshift top ${kind} -h' for help and examples`})
  if (name !== undefined && selectors.some((selector) => (selector ?? '') !== '')) throw new UserError('only one of NAME or selector can be provided')
  return name
}
