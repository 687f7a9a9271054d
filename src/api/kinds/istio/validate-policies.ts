import {invalid, type FieldError} from '../../field-error.js'
import type {DestinationRule, TrafficPolicy} from '../destination-rule.js'
import {parseNanoseconds} from './duration.js'
import {atMostOne} from './one-of.js'

/** The fields of a policy that hold durations. */
const DURATIONS = [
  'connectionPool.http.idleTimeout',
  'connectionPool.tcp.connectTimeout',
  'connectionPool.tcp.idleTimeout',
  'connectionPool.tcp.maxConnectionDuration',
  'connectionPool.tcp.tcpKeepalive.interval',
  'connectionPool.tcp.tcpKeepalive.time',
  'loadBalancer.consistentHash.httpCookie.ttl',
  'loadBalancer.warmup.duration',
  'loadBalancer.warmupDurationSecs',
  'outlierDetection.baseEjectionTime',
  'outlierDetection.interval',
]

/** Fields of which only one can be set (istio api networking/v1alpha3/destination_rule.proto). */
const ALTERNATIVES: readonly (readonly [path: string, names: readonly string[]])[] = [
  ['loadBalancer', ['simple', 'consistentHash']],
  ['loadBalancer.consistentHash', ['httpHeaderName', 'httpCookie', 'useSourceIp', 'httpQueryParameterName']],
  ['loadBalancer.consistentHash', ['ringHash', 'maglev']],
]

/** What the CRD refuses of a DestinationRule's policies beyond the schema, before istiod is asked: texts that are no durations, two settings for one thing. */
export function validatePolicies({spec}: DestinationRule): readonly FieldError[] {
  const subsets = spec?.subsets ?? []
  return [
    ...ofPolicy(spec?.trafficPolicy, 'spec.trafficPolicy'),
    ...subsets.flatMap((subset, index) => ofPolicy(subset?.trafficPolicy, `spec.subsets[${index}].trafficPolicy`)),
  ]
}

function ofPolicy(policy: TrafficPolicy | undefined, at: string): readonly FieldError[] {
  if (policy === undefined) return []
  const ofPorts = (policy.portLevelSettings ?? []).flatMap((port, index) => ofPolicy(port, `${at}.portLevelSettings[${index}]`))
  return [
    ...ALTERNATIVES.flatMap(([path, names]) => atMostOne(valueAt(policy, path) as object | undefined, `${at}.${path}`, names)),
    ...DURATIONS.flatMap((path) => checkDuration(valueAt(policy, path), `${at}.${path}`)),
    ...ofPorts,
  ]
}

function checkDuration(value: unknown, field: string): readonly FieldError[] {
  if (typeof value !== 'string' || parseNanoseconds(value) !== undefined) return []
  return [invalid(field, value, 'must be a valid duration greater than 1ms')]
}

function valueAt(object: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((value, key) => (typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined), object)
}
