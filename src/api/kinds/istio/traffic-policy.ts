import type {PortPolicy, TrafficPolicy, Tunnel} from '../destination-rule.js'
import {checkClientTls} from './client-tls.js'
import {checkConnectionPool} from './connection-pool.js'
import {checkFqdn} from './domain.js'
import {checkLoadBalancer} from './load-balancer.js'
import {checkAddress, checkPort} from './network.js'
import {checkOutlierDetection} from './outlier-detection.js'
import {errorsOf, FINE, merge, refuse, type Verdict} from './verdict.js'

const FIELDS = ['outlierDetection', 'connectionPool', 'loadBalancer', 'tls', 'portLevelSettings', 'tunnel', 'proxyProtocol', 'retryBudget'] as const
const PORT_FIELDS = ['outlierDetection', 'connectionPool', 'loadBalancer', 'tls'] as const

/** A traffic policy of a rule or a subset (istio validateTrafficPolicy). */
export function checkTrafficPolicy(policy: TrafficPolicy | undefined, namespace: string): Verdict {
  if (policy === undefined) return FINE
  if (FIELDS.every((field) => policy[field] === undefined)) return refuse('traffic policy must have at least one field')
  if (policy.tunnel !== undefined && policy.proxyProtocol !== undefined) return refuse('tunnel and proxyProtocol must not be set together')
  return merge(
    checkSettings(policy, namespace),
    ...(policy.portLevelSettings ?? []).map((port) => errorsOf(checkPortPolicy(port, namespace))),
    refuse(...(policy.tunnel === undefined ? [] : checkTunnel(policy.tunnel))),
  )
}

function checkSettings({outlierDetection, connectionPool, loadBalancer, tls}: TrafficPolicy, namespace: string): Verdict {
  return merge(
    checkOutlierDetection(outlierDetection),
    refuse(...checkConnectionPool(connectionPool)),
    checkLoadBalancer(loadBalancer, outlierDetection),
    refuse(...checkClientTls(tls, namespace)),
  )
}

function checkPortPolicy(policy: PortPolicy, namespace: string): Verdict {
  if (policy === null) return refuse('traffic policy may not be null')
  const isEmpty = PORT_FIELDS.every((field) => policy[field] === undefined)
  return merge(
    policy.port === undefined ? refuse('portTrafficPolicy must have valid port') : FINE,
    isEmpty ? refuse('port traffic policy must have at least one field') : checkSettings(policy, namespace),
  )
}

function checkTunnel({protocol = '', targetHost = '', targetPort = 0}: Tunnel): readonly string[] {
  const [ofName, ofAddress] = [checkFqdn(targetHost), checkAddress(targetHost)]
  return [
    ...(['', 'CONNECT', 'POST'].includes(protocol) ? [] : ['tunnel protocol must be "CONNECT" or "POST"']),
    ...(ofName.length > 0 && ofAddress.length > 0 ? [`tunnel target host must be valid FQDN or IP address: ${ofName[0]}; ${ofAddress[0]}`] : []),
    ...checkPort(targetPort).map((text) => `tunnel target port is invalid: ${text}`),
  ]
}
