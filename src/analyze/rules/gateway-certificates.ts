import {selects} from '../../routing/labels.js'
import type {Gateway, GatewayTls} from '../../routing/objects/gateway.js'
import {fullName, type AnalyzedObject} from '../analyzed-object.js'
import {report} from '../finding.js'
import type {Rule} from '../rule.js'

type Subject = AnalyzedObject<Gateway>

/** One certificate in several Gateways of the same pods (istio gateway/certificate.go). */
export const gatewayCertificates: Rule = {
  name: 'gateway.CertificateAnalyzer',
  description: 'Checks a gateway certificate',
  codes: ['IST0138'],
  *check({inventory}) {
    for (const subjects of byCertificate(inventory.gateways).values()) {
      for (const subject of subjects) {
        const others = subjects.filter((other) => other !== subject && selects(subject.object.spec?.selector, other.object.spec?.selector))
        for (const other of others) yield report(subject, 'IST0138', [[fullName(subject.object), fullName(other.object)]], ['metadata', 'name'])
      }
    }
  },
}

function byCertificate(gateways: readonly Subject[]): ReadonlyMap<string, readonly Subject[]> {
  const groups = new Map<string, Subject[]>()
  for (const subject of gateways) {
    const keys = new Set((subject.object.spec?.servers ?? []).flatMap(({tls}) => certificateOf(tls)))
    for (const key of keys) {
      const group = groups.get(key)
      if (group === undefined) groups.set(key, [subject])
      else group.push(subject)
    }
  }
  return groups
}

function certificateOf({credentialName = '', serverCertificate = '', privateKey = ''}: GatewayTls = {}): readonly string[] {
  if (credentialName !== '') return [`credential ${credentialName}`]
  return serverCertificate === '' || privateKey === '' ? [] : [`files ${serverCertificate} ${privateKey}`]
}
