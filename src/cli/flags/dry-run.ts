import {Flags} from '@oclif/core'
import {UserError} from '../../base/user-error.js'

export type DryRun = 'none' | 'client' | 'server'

/** What `--dry-run` was before it had values, and still may be. Source: kubectl `GetDryRunStrategy`. */
const OLDER: Readonly<Record<string, DryRun>> = {true: 'client', false: 'none'}

export const dryRunFlag = {
  'dry-run': Flags.custom<DryRun>({
    description: 'client: print what would be sent; server: go through validation too; nothing is stored',
    helpValue: 'none|client|server',
    default: 'none' as const,
    parse: (text) => Promise.resolve(parseDryRun(text)),
  })(),
}

function parseDryRun(text: string): DryRun {
  if (text === 'none' || text === 'client' || text === 'server') return text
  const meant = OLDER[text]
  if (meant === undefined) throw new UserError(`Invalid dry-run value (${text}). Must be "none", "server", or "client".`)
  return meant
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
