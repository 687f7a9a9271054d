import type {ConsistentHash, LoadBalancer, OutlierDetection, Warmup} from '../destination-rule.js'
import {checkDuration} from './duration.js'
import {checkLocality} from './locality.js'
import {FINE, merge, refuse, warn, type Verdict} from './verdict.js'

const MAX_TABLE = 5_000_011

/** How endpoints are chosen (istio validateLoadBalancer). */
export function checkLoadBalancer(settings: LoadBalancer | undefined, outlier: OutlierDetection | undefined): Verdict {
  if (settings === undefined) return FINE
  const {consistentHash, localityLbSetting, zoneAwareLbSetting, warmup} = settings
  const isDouble = localityLbSetting !== undefined && zoneAwareLbSetting !== undefined
  return merge(
    consistentHash === undefined ? FINE : checkConsistentHash(consistentHash),
    isDouble ? refuse('only one of localityLbSetting and zoneAwareLbSetting can be set') : FINE,
    checkLocality(localityLbSetting, outlier),
    warmup === undefined ? FINE : refuse(...checkWarmup(warmup)),
  )
}

function checkConsistentHash({httpCookie, minimumRingSize = 0, ringHash, maglev}: ConsistentHash): Verdict {
  const hasAlgorithm = ringHash !== undefined || maglev !== undefined
  return merge(
    httpCookie === undefined ? FINE : refuse(...checkCookie(httpCookie)),
    minimumRingSize === 0 ? FINE : warn("consistent hash MinimumRingSize is deprecated, use ConsistentHashLB's RingHash configuration instead"),
    minimumRingSize !== 0 && hasAlgorithm ? refuse('only one of MinimumRingSize or Maglev/Ringhash can be specified') : FINE,
    maglev === undefined ? FINE : refuse(...checkTableSize(maglev.tableSize ?? 0)),
  )
}

function checkCookie({name = '', attributes = []}: NonNullable<ConsistentHash['httpCookie']>): readonly string[] {
  const names = attributes.map((attribute) => attribute.name ?? '')
  return [
    ...(name === '' ? ['name required for HttpCookie'] : []),
    ...names.flatMap((one, index) => {
      if (one === '') return ['cookie attribute name cannot be empty']
      return names.indexOf(one) < index ? [`duplicate cookie attribute name: ${one}`] : []
    }),
  ]
}

function checkTableSize(size: number): readonly string[] {
  return [
    ...(size === 0 ? ['tableSize must be set for maglev'] : []),
    ...(size >= MAX_TABLE ? ['tableSize must be less than 5000011 for maglev'] : []),
    ...(isPrime(size) ? [] : ['tableSize must be a prime number for maglev']),
  ]
}

/** As Envoy has it: 1 counts as prime. */
function isPrime(number: number): boolean {
  if (number > 0 && number < 4) return true
  if (number % 2 === 0) return false
  for (let factor = 3; factor * factor <= number; factor += 2) {
    if (number % factor === 0) return false
  }
  return true
}

function checkWarmup({duration, minimumPercent = 0, aggression}: Warmup): readonly string[] {
  return [
    ...(duration === undefined ? ['duration is required'] : checkDuration(duration)),
    ...(minimumPercent > 100 ? ['minimumPercent value should be less than or equal to 100'] : []),
    ...(aggression !== undefined && aggression <= 0 ? ['aggression should be greater than 0'] : []),
  ]
}
