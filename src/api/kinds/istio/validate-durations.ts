import {invalid, type FieldError} from '../../field-error.js'
import type {DestinationRule, TrafficPolicy} from '../destination-rule.js'
import {parseNanoseconds} from './duration.js'

/** The fields of a policy that hold durations. */
const PATHS = [
  'connectionPool.http.idleTimeout',
  'connectionPool.tcp.connectTimeout',
  'connectionPool.tcp.idleTimeout',
  'connectionPool.tcp.maxConnectionDuration',
  'connectionPool.tcp.tcpKeepalive.interval',
  'connectionPool.tcp.tcpKeepalive.time',
  'loadBalancer.consistentHash.httpCookie.ttl',
  'loadBalancer.warmup.duration',
  'outlierDetection.baseEjectionTime',
  'outlierDetection.interval',
]

/** Texts in a DestinationRule that are no durations: the schema's own rule refuses them, before istiod is asked. */
export function validateDurations({spec}: DestinationRule): readonly FieldError[] {
  const subsets = spec?.subsets ?? []
  return [
    ...ofPolicy(spec?.trafficPolicy, 'spec.trafficPolicy'),
    ...subsets.flatMap((subset, index) => ofPolicy(subset?.trafficPolicy, `spec.subsets[${index}].trafficPolicy`)),
  ]
}

function ofPolicy(policy: TrafficPolicy | undefined, at: string): readonly FieldError[] {
  if (policy === undefined) return []
  const ofPorts = (policy.portLevelSettings ?? []).flatMap((port, index) => ofPolicy(port, `${at}.portLevelSettings[${index}]`))
  return [...PATHS.flatMap((path) => check(valueAt(policy, path), `${at}.${path}`)), ...ofPorts]
}

function check(value: unknown, field: string): readonly FieldError[] {
  if (typeof value !== 'string' || parseNanoseconds(value) !== undefined) return []
  return [invalid(field, value, 'must be a valid duration greater than 1ms')]
}

function valueAt(object: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((value, key) => (typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined), object)
}
