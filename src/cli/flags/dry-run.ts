import {Flags} from '@oclif/core'

export type DryRun = 'none' | 'client' | 'server'

export const dryRunFlag = {
  'dry-run': Flags.option({
    options: ['none', 'client', 'server'] as const,
    default: 'none' as const,
    description: 'client: print what would be sent; server: go through validation too; nothing is stored',
  })(),
}

/** What is printed behind an operation that did not really happen. */
export function dryRunSuffix(dryRun: DryRun): string {
  switch (dryRun) {
    case 'none':
      return ''
    case 'client':
      return ' (dry run)'
    case 'server':
      return ' (server dry run)'
  }
}
