import {report} from '../finding.js'
import type {WithStatus} from '../inventory.js'
import type {Rule} from '../rule.js'

/** TCP can only be told apart by address; one that istiod has allotted will do (istio serviceentry/protocoladdresses.go). */
export const serviceEntryAddresses: Rule = {
  name: 'serviceentry.Analyzer',
  description: 'Checks the validity of ServiceEntry',
  codes: ['IST0134'],
  *check({inventory}) {
    for (const subject of inventory.serviceEntries) {
      const {addresses, ports = []} = subject.object.spec ?? {}
      const allotted = (subject.object as WithStatus).status?.['addresses']
      if (addresses !== undefined || (Array.isArray(allotted) && allotted.length > 0)) continue
      for (const [index, {protocol = ''}] of ports.entries()) {
        if (protocol === '' || protocol.toLowerCase() === 'tcp') yield report(subject, 'IST0134', [], ['spec', 'ports', index, 'name'])
      }
    }
  },
}
