import {memoizeByIdentity} from '../../base/memoize.js'
import {titleOf} from '../naming.js'
import type {DestinationRule, TrafficPolicy} from '../objects/destination-rule.js'
import type {RoutingFinding} from '../routing.js'
import type {Snapshot} from '../snapshot.js'

/** Rules whose Secret no sidecar reads, so that sidecars send plain text where a gateway speaks TLS (istio buildUpstreamClusterTLSContext). */
export function gatewayOnlyCredentials({destinationRules}: Snapshot): readonly RoutingFinding[] {
  return sayOf(destinationRules)
}

const sayOf = memoizeByIdentity((destinationRules: readonly DestinationRule[]): readonly RoutingFinding[] => {
  return destinationRules
    .filter((rule) => rule.spec?.workloadSelector === undefined && policiesOf(rule).some(readsSecret))
    .map((rule) => {
      const message = 'tls.credentialName is for gateways: sidecars send plain text, unless the rule has a workloadSelector'
      return {code: 'credential-at-gateways-only', level: 'info', object: titleOf(rule), message}
    })
})

function policiesOf({spec}: DestinationRule): readonly (TrafficPolicy | undefined)[] {
  return [spec?.trafficPolicy, ...(spec?.subsets ?? []).map(({trafficPolicy}) => trafficPolicy)]
}

function readsSecret(policy: TrafficPolicy | undefined): boolean {
  const settings = [policy, ...(policy?.portLevelSettings ?? [])].flatMap((part) => part?.tls ?? [])
  return settings.some(({mode, credentialName = ''}) => (mode === 'SIMPLE' || mode === 'MUTUAL') && credentialName !== '')
}
