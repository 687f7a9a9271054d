import {groupBy} from '../../routing/group-by.js'
import type {ServiceEntry} from '../../routing/objects/service-entry.js'
import {fullName, type AnalyzedObject} from '../analyzed-object.js'
import {report} from '../finding.js'
import {scopesOf} from '../hosts.js'
import type {Rule} from '../rule.js'

interface Claim {
  readonly subject: AnalyzedObject<ServiceEntry>
  readonly scope: string
  readonly host: string
  readonly port: number
  readonly protocol: string
}

/** ServiceEntries that see each other and disagree about a port of a host; each is reported once (istio conflictingserviceentries.go). */
export const serviceEntryProtocols: Rule = {
  name: 'serviceentry.ConflictingServiceEntryProtocolAnalyzer',
  description: 'Checks if multiple ServiceEntries define the same host and port with different protocols',
  codes: ['IST0177'],
  *check({inventory}) {
    const index = groupBy(inventory.serviceEntries.flatMap(claimsOf), keyOf)
    const reported = new Set<Claim['subject']>()
    for (const [first] of index.values()) {
      if (first === undefined) continue
      const entries = [...(index.get(keyOf(first)) ?? []), ...(first.scope === '*' ? [] : (index.get(keyOf({...first, scope: '*'})) ?? []))]
      const protocols = [...new Set(entries.map(({protocol}) => protocol))].sort()
      if (protocols.length < 2) continue
      const names = [...new Set(entries.map(({subject}) => fullName(subject.object)))].sort().join(', ')
      for (const {subject} of entries) {
        if (!reported.has(subject)) yield report(subject, 'IST0177', [names, first.host, first.port, protocols.join(', ')], ['metadata', 'name'])
        reported.add(subject)
      }
    }
  },
}

function claimsOf(subject: AnalyzedObject<ServiceEntry>): readonly Claim[] {
  const {hosts = [], ports = [], exportTo = []} = subject.object.spec ?? {}
  return scopesOf(exportTo, subject.object).flatMap((scope) =>
    hosts.flatMap((host) => ports.map(({number = 0, protocol = ''}) => ({subject, scope, host, port: number, protocol: protocol.toUpperCase()}))),
  )
}

function keyOf({scope, host, port}: Claim): string {
  return `${scope} ${host} ${port}`
}
