import {parseDurationMs} from '../duration.js'
import type {OutlierSettings} from '../objects/destination-rule.js'
import type {OutlierDetection} from '../routing.js'

/** Envoy's, for what Istio passes on unset. */
const DEFAULTS = {consecutive: 5, intervalMs: 10_000, baseEjectionMs: 30_000, maxEjectionPercent: 10}

/**
 * Envoy's parameters for a cluster. Consecutive 5xx count by default and gateway errors only where they are asked for; with errors of local origin
 * split off neither can happen to a TCP connection. No percentage of health means that ejection always counts (istio core applyOutlierDetection).
 */
export function outlierDetectionOf(settings: OutlierSettings): OutlierDetection {
  return {
    ...thresholds(settings),
    intervalMs: parseDurationMs(settings.interval ?? '') ?? DEFAULTS.intervalMs,
    baseEjectionMs: parseDurationMs(settings.baseEjectionTime ?? '') ?? DEFAULTS.baseEjectionMs,
    maxEjectionPercent: settings.maxEjectionPercent || DEFAULTS.maxEjectionPercent,
    panicPercent: settings.minHealthPercent ?? 0,
  }
}

type Thresholds = Pick<OutlierDetection, 'consecutive5xx' | 'consecutiveGatewayErrors' | 'consecutiveLocalOriginFailures'>

function thresholds(settings: OutlierSettings): Thresholds {
  const {consecutive5xxErrors = DEFAULTS.consecutive, consecutiveGatewayErrors = 0, consecutiveLocalOriginFailures = 0} = settings
  if (settings.splitExternalLocalOriginErrors === true) {
    return {consecutiveLocalOriginFailures: consecutiveLocalOriginFailures || DEFAULTS.consecutive}
  }
  return {...(consecutive5xxErrors > 0 && {consecutive5xx: consecutive5xxErrors}), ...(consecutiveGatewayErrors > 0 && {consecutiveGatewayErrors})}
}

/** Whether no endpoint of a cluster of this size can ever be ejected: Envoy keeps within the percentage (since 1.31 without exception for the first). */
export function neverEjects({maxEjectionPercent}: OutlierDetection, endpoints: number): boolean {
  return endpoints * maxEjectionPercent < 100
}
