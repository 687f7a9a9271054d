import type {ClientTlsSettings, DestinationRule} from '../../routing/objects/destination-rule.js'
import {fullName} from '../analyzed-object.js'
import {report} from '../finding.js'
import type {Rule} from '../rule.js'

/** TLS that verifies nobody; subsets are not looked at (istio destinationrule/ca-certificates.go). */
export const caCertificates: Rule = {
  name: 'destinationrule.CaCertificateAnalyzer',
  description: 'Checks if caCertificates is set when TLS mode is SIMPLE/MUTUAL',
  codes: ['IST0128', 'IST0129'],
  *check({inventory}) {
    for (const subject of inventory.destinationRules) {
      const {object} = subject
      const {host = '', trafficPolicy = {}} = object.spec ?? {}
      const place = [fullName(object), object.metadata.namespace ?? '']
      const path = ['spec', 'trafficPolicy']
      if (isUnverified(trafficPolicy.tls, object))
        yield report(subject, 'IST0128', [...place, trafficPolicy.tls?.mode ?? '', host], [...path, 'tls', 'caCertificates'])
      for (const [index, {tls, port}] of (trafficPolicy.portLevelSettings ?? []).entries()) {
        if (!isUnverified(tls, object)) continue
        yield report(
          subject,
          'IST0129',
          [...place, tls?.mode ?? '', host, `number:${port?.number ?? 0}`],
          [...path, 'portLevelSettings', index, 'tls', 'caCertificates'],
        )
      }
    }
  },
}

/** Authorities can also come with a credential, which only rules with a workload selector may name. */
function isUnverified(tls: ClientTlsSettings | undefined, {spec}: DestinationRule): boolean {
  if (tls === undefined || (tls.mode !== 'SIMPLE' && tls.mode !== 'MUTUAL') || (tls.caCertificates ?? '') !== '') return false
  return (tls.credentialName ?? '') === '' || spec?.workloadSelector === undefined
}
