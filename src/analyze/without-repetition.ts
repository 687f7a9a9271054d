import type {RoutingFinding} from '../routing/routing.js'
import {titleOf} from '../routing/naming.js'
import {groupBy} from '../routing/group-by.js'
import type {Finding} from './finding.js'
import {ROUTING_CODES, routingCodeOf} from './routing-codes.js'

/** The findings without those of routing that a finding of Istio's about the same object says too. */
export function withoutRepetition(findings: readonly Finding[], routing: readonly RoutingFinding[]): readonly Finding[] {
  const istios = groupBy(
    findings.filter(({code}) => code.startsWith('IST')),
    titleOfSubject,
  )
  const repeated = new Set(
    routing
      .filter(({code, object, message}) => (istios.get(object) ?? []).some((finding) => ROUTING_CODES[code]?.saidBy?.(message, finding) === true))
      .map(keyOf),
  )
  return repeated.size === 0 ? findings : findings.filter((finding) => !repeated.has(`${finding.code} ${titleOfSubject(finding)} ${String(finding.args[0])}`))
}

function titleOfSubject({subject}: Finding): string {
  return subject === undefined ? '' : titleOf(subject.object)
}

function keyOf({code, object, message}: RoutingFinding): string {
  return `${routingCodeOf(code)} ${object} ${message}`
}
