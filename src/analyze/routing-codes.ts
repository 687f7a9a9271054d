import type {RoutingFinding} from '../routing/routing.js'
import {toFullHost} from '../routing/host.js'
import type {Finding} from './finding.js'
import type {Code} from './messages.js'

interface RoutingCode {
  readonly code: Code
  /** Whether a finding of Istio's about the same object says the same. */
  readonly saidBy?: (message: string, finding: Finding) => boolean
}

const has = (code: Code) => (_: string, finding: Finding) => finding.code === code
/** IST0101 of this kind, about a host that the message names too. */
const missing =
  (reference: string) =>
  (message: string, {code, args, subject}: Finding) =>
    code === 'IST0101' && args[0] === reference && message.includes(fullHostIn(String(args[1]), subject?.object.metadata.namespace ?? ''))

function fullHostIn(written: string, namespace: string): string {
  return toFullHost(written.split(/[:+]/)[0] ?? '', namespace, 'cluster.local')
}

const RULE = /^(?:tcp|tls)\[(\d+)\]/

/** The code each finding of `compile` goes by here, and what makes it superfluous. A test compares the names with those in routing. */
export const ROUTING_CODES: Readonly<Record<string, RoutingCode>> = {
  'dead-route': {code: 'TSHIFT0101', saidBy: (message, {code, args}) => code === 'IST0130' && args[0] === `#${RULE.exec(message)?.[1]}`},
  'server-conflict': {code: 'TSHIFT0102'},
  'listener-conflict': {code: 'TSHIFT0102'},
  'gateway-without-route': {code: 'TSHIFT0103'},
  'route-without-server': {code: 'TSHIFT0104'},
  'hosts-mismatch': {code: 'TSHIFT0105', saidBy: has('IST0132')},
  'match-ignored': {code: 'TSHIFT0106'},
  'not-exported': {code: 'TSHIFT0107'},
  'mesh-without-service': {code: 'TSHIFT0108'},
  'mesh-without-port': {code: 'TSHIFT0108'},
  'mesh-wrong-protocol': {code: 'TSHIFT0108'},
  'mesh-without-client': {code: 'TSHIFT0108'},
  'mesh-dead-route': {code: 'TSHIFT0101'},
  'gateway-selects-nothing': {code: 'TSHIFT0109', saidBy: (_, {code, args}) => code === 'IST0101' && args[0] === 'selector'},
  'http-server': {code: 'TSHIFT0110'},
  'udp-server': {code: 'TSHIFT0110'},
  'tls-not-set': {code: 'TSHIFT0110', saidBy: (_, {code, args}) => code === 'IST0106' && args[0] === 'server must have TLS settings for HTTPS/TLS protocols'},
  'port-not-on-service': {code: 'TSHIFT0111', saidBy: has('IST0162')},
  'gateway-not-found': {code: 'TSHIFT0112', saidBy: (_, {code, args}) => code === 'IST0101' && args[0] === 'gateway'},
  'missing-service': {code: 'TSHIFT0113', saidBy: missing('host')},
  'missing-port': {code: 'TSHIFT0113', saidBy: missing('host:port')},
  'missing-subset': {code: 'TSHIFT0113', saidBy: missing('host+subset in destinationrule')},
  'missing-endpoints': {code: 'TSHIFT0113'},
  'no-endpoints': {code: 'TSHIFT0114', saidBy: (message, {code, args}) => code === 'IST0173' && message.startsWith(`subset ${String(args[0])} `)},
  'no-weights': {code: 'TSHIFT0115', saidBy: (_, {code, args}) => code === 'IST0106' && args[0] === 'total destination weight = 0'},
  'policy-not-applied': {code: 'TSHIFT0116'},
  'hash-not-across-weights': {code: 'TSHIFT0116'},
  'istio-mutual-without-sidecar': {code: 'TSHIFT0116'},
  'timeout-without-effect': {code: 'TSHIFT0117'},
  'hash-without-effect': {code: 'TSHIFT0117'},
  'outlier-detection-without-effect': {code: 'TSHIFT0117'},
  'subset-policy-without-effect': {code: 'TSHIFT0117'},
  'route-policy-without-effect': {code: 'TSHIFT0117'},
  'entry-address-elsewhere': {code: 'TSHIFT0127'},
  'entry-address-taken': {code: 'TSHIFT0127'},
  'digest-without-effect': {code: 'TSHIFT0117'},
  'credential-at-gateways-only': {code: 'TSHIFT0117'},
  'weight-never-served': {code: 'TSHIFT0118'},
  'http-routes': {code: 'TSHIFT0119'},
  // IST0161 says neither which server it is nor why
  'tls-credential': {code: 'TSHIFT0120', saidBy: (_, {code, args}) => code === 'IST0101' && args[0] === 'credentialName'},
  'client-tls-unusable': {code: 'TSHIFT0120'},
  'credential-doubtful': {code: 'TSHIFT0120'},
  'host-not-resolved': {code: 'TSHIFT0121'},
  'host-stale': {code: 'TSHIFT0121'},
  'route-not-attached': {code: 'TSHIFT0122'},
  'route-backend': {code: 'TSHIFT0122'},
  delegate: {code: 'TSHIFT0123'},
  'wrong-block': {code: 'TSHIFT0124'},
  'duplicate-sni': {code: 'TSHIFT0125'},
  'partial-wildcard': {code: 'TSHIFT0125'},
  'proxy-config-unreadable': {code: 'TSHIFT0126'},
}

/** The code under which `analyze` reports a finding of routing; a general one where it has none of its own. */
export function routingCodeOf(code: RoutingFinding['code']): Code {
  return ROUTING_CODES[code]?.code ?? 'TSHIFT0100'
}
