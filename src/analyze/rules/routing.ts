import type {RoutingFinding} from '../../routing/routing.js'
import {titleOf} from '../../routing/naming.js'
import type {AnalyzedObject} from '../analyzed-object.js'
import {atLevel, report, reportPlain, type FieldPath, type Finding, type Level} from '../finding.js'
import {routingCodeOf, ROUTING_CODES} from '../routing-codes.js'
import type {Rule} from '../rule.js'

const LEVEL: Readonly<Record<RoutingFinding['level'], Level>> = {error: 'Error', warning: 'Warning', info: 'Info'}

/** What `compile` found out on its way: which routes are shadowed, which servers dropped, where connections will fail. */
export const routing: Rule = {
  name: 'tshift.RoutingAnalyzer',
  description: 'Checks what becomes of each server and route when the gateway is configured',
  codes: [...new Set(Object.values(ROUTING_CODES).map(({code}) => code)), 'TSHIFT0100'],
  readsCoreKinds: true,
  *check({inventory, routing: findings}) {
    const subjects = new Map(inventory.all.map((subject) => [titleOf(subject.object), subject]))
    for (const finding of findings) yield atLevel(toFinding(finding, subjects.get(finding.object)), LEVEL[finding.level])
  },
}

function toFinding({code, object, message}: RoutingFinding, subject: AnalyzedObject | undefined): Finding {
  const own = routingCodeOf(code)
  if (subject === undefined) return reportPlain(own, [`${object}: ${message}`])
  return report(subject, own, [message], pathOf(message))
}

/** Routing names rules by their place: `tcp[1] is never used`. */
function pathOf(message: string): FieldPath | undefined {
  const [, block, index] = /^(tcp|tls|rules)\[(\d+)\]/.exec(message) ?? []
  return block === undefined ? undefined : ['spec', block, Number(index)]
}
