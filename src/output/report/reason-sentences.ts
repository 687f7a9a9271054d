import type {Reason, Stop, TallyReport} from '../../tally/report.js'
import {percent, quantity} from './numbers.js'
import {printable} from './printable.js'

type OpenReason = Exclude<Reason, {readonly type: 'counted' | 'fits' | 'split' | 'forbidden' | 'order'}>

export const STOPPED: Readonly<Record<Stop, string>> = {
  max: 'the connections allowed were used up',
  budget: 'the time allowed was used up',
  errors: 'too many connections had failed',
  end: 'the input ended',
  interrupted: 'it was interrupted',
}

/** Why nothing can be said. */
export function openOf({n, unit, subsets}: TallyReport, reason: OpenReason): string {
  switch (reason.type) {
    case 'empty':
      return `no ${unit} gave an answer`
    case 'too-few':
      return `nothing that ${quantity(n, unit)} can show would prove the split wrong; ${reason.enough} or more could`
    case 'sticky':
      return `the answers are not independent: ${quantity(n, unit)} say no more than about ${reason.effectiveN} would`
    case 'drifting':
      return `the share of ${printable(reason.name)} moved near ${unit} ${reason.at}`
    case 'undecided':
      return `not decided when ${STOPPED[reason.stopped]}`
    case 'unseen': {
      const seen = subsets.filter(({count}) => count > 0)
      const chance = `happens in ${percent(reason.chance)} of correct runs`
      if (seen.length === 1) return `${n} of ${n} from ${printable(seen[0]?.name ?? '')} ${chance}`
      return `${listOf(reason.names, ', ')} never answered, which ${chance}`
    }
  }
}

/** Who answered and must not have. */
export function forbiddenOf({subsets, n, unit}: TallyReport, {count, names}: Extract<Reason, {readonly type: 'forbidden'}>): string {
  const shown = names.slice(0, 3).map((name) => {
    const isIdle = subsets.some((subset) => subset.name === name && subset.weight === 0)
    return isIdle ? `${printable(name)} (weight 0)` : `"${printable(name)}" (not expected)`
  })
  const more = names.length > shown.length ? ` and ${names.length - shown.length} more` : ''
  return `${count} of ${quantity(n, unit)} came from ${shown.join(' and ')}${more}`
}

/** What is wrong with the order, where it has to be random. */
export function orderOf({finding}: Extract<Reason, {readonly type: 'order'}>): string {
  const found = {sticky: 'answers stick together', even: 'the answers are more regular than chance', drifting: 'the shares moved', random: '', unknown: ''}
  return `${found[finding]}, and random order is required`
}

/** `v1, v2`, safe to print. */
export function listOf(names: readonly string[], separator: string): string {
  return names.map((name) => printable(name)).join(separator)
}
