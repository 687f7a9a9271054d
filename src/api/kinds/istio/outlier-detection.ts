import type {OutlierDetection} from '../destination-rule.js'
import {checkDuration} from './duration.js'
import {checkPercent} from './network.js'
import {FINE, merge, refuse, warn, type Verdict} from './verdict.js'

/** When endpoints are ejected (istio validateOutlierDetection). */
export function checkOutlierDetection(outlier: OutlierDetection | undefined): Verdict {
  if (outlier === undefined) return FINE
  const {baseEjectionTime, interval, consecutiveErrors = 0, consecutiveLocalOriginFailures = 0, maxEjectionPercent = 0, minHealthPercent = 0} = outlier
  const isSplit = outlier.splitExternalLocalOriginErrors === true
  return merge(
    consecutiveErrors === 0 ? FINE : warn('outlier detection consecutive errors is deprecated, use consecutiveGatewayErrors or consecutive5xxErrors instead'),
    refuse(
      ...checkDuration(baseEjectionTime),
      ...(!isSplit && consecutiveLocalOriginFailures > 0
        ? ['outlier detection consecutive local origin failures is specified, but split external local origin errors is set to false']
        : []),
      ...checkDuration(interval),
      ...checkPercent(maxEjectionPercent),
      ...checkPercent(minHealthPercent),
    ),
  )
}
