import {isSameJson} from '../../same-json.js'

interface Rule {
  readonly match?: readonly unknown[]
}

/**
 * Rules and matches that traffic never gets to because earlier ones take it all (istio analyzeUnreachableTCPRules; the one for TLS is the
 * same). A rule without matches takes everything; matches are compared as JSON.
 */
export function warnUnreachable(rules: readonly Rule[]): readonly string[] {
  const earlier: {readonly match: unknown; readonly rule: number}[] = []
  let catchAll = -1
  return rules.flatMap((rule, number) => {
    const matches = rule?.match ?? []
    if (matches.length === 0) {
      const isSecond = catchAll >= 0
      catchAll = number
      return isSecond ? [unused(number, 'only the last rule can have no matches')] : []
    }
    if (catchAll >= 0) return matches.map(() => unused(number, 'route without matches defined before'))
    const duplicates = matches.flatMap((match, index) => {
      const original = earlier.find((other) => isSameJson(other.match, match))
      if (original === undefined) earlier.push({match, rule: number})
      return original === undefined
        ? []
        : [`virtualService rule #${number} match #${index} is not used (duplicate/overlapping match in rule #${original.rule})`]
    })
    return duplicates.length === matches.length ? [...duplicates, unused(number, 'all matches used by prior rules')] : duplicates
  })
}

function unused(rule: number, reason: string): string {
  return `virtualService rule #${rule} not used (${reason})`
}
