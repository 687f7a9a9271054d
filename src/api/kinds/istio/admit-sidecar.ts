import type {Destination} from '../virtual-service.js'
import type {Sidecar, SidecarSpec} from '../sidecar.js'
import {checkConnectionPool} from './connection-pool.js'
import {checkFqdn} from './domain.js'
import {checkReservedAnnotations} from './reserved-annotations.js'
import {checkDestination} from './route-destinations.js'
import {checkEgress} from './sidecar-egress.js'
import {checkIngress} from './sidecar-ingress.js'
import {checkSelector} from './tags.js'
import {FINE, merge, refuse, warn, type Verdict} from './verdict.js'

/** istiod's verdict on a Sidecar (istio validation.go ValidateSidecar). A wrong selector, or nothing at all, ends the check. */
export function admitSidecar(sidecar: Sidecar): Verdict {
  const {workloadSelector, ingress = [], egress = [], outboundTrafficPolicy, inboundConnectionPool} = sidecar.spec ?? {}
  const ofSelector = workloadSelector === undefined ? FINE : checkSelector(workloadSelector.labels)
  if (ofSelector.errors.length > 0) return ofSelector
  const isEmpty = ingress.length === 0 && egress.length === 0 && outboundTrafficPolicy === undefined && inboundConnectionPool === undefined
  if (isEmpty) return refuse('sidecar: empty configuration provided')
  return merge(
    refuse(...checkReservedAnnotations(sidecar)),
    warn(...ofSelector.warnings.map((text) => `sidecar: ${text}, will be applied to all services in namespace`)),
    checkIngress(ingress),
    refuse(...checkConnectionPool(inboundConnectionPool)),
    checkEgress(egress, sidecar.metadata.namespace ?? ''),
    refuse(...checkOutboundPolicy(outboundTrafficPolicy)),
  )
}

function checkOutboundPolicy(policy: SidecarSpec['outboundTrafficPolicy']): readonly string[] {
  const proxy: Destination | undefined = policy?.egressProxy
  if (proxy === undefined) return []
  if (policy?.mode !== 'ALLOW_ANY') return ['sidecar: egress_proxy must be set only with ALLOW_ANY outbound_traffic_policy mode']
  return [...checkFqdn(proxy.host ?? ''), ...(proxy.port === undefined ? ['sidecar: egress_proxy port must be non-nil'] : checkDestination(proxy))]
}
