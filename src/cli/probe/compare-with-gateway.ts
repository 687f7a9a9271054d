import {UserError} from '../../base/user-error.js'
import type {GatewayStatus} from '../../daemon/gateway/gateway-status.js'
import {disagreement, gatewayCounts, gatewayExpectation, type PickedByCluster} from '../../tally/gateway-counts.js'
import {judge} from '../../tally/judge.js'
import {withThresholds} from '../../tally/threshold.js'
import type {GateOptions} from '../flags/gate.js'
import type {ProbeResult} from '../verbs/probe.js'
import type {ProbeTarget} from './target.js'

export interface Comparison {
  readonly by: string
  readonly target: ProbeTarget
  readonly gate: GateOptions
  /** Whether every connection of the run was waited for and counted: only then must the two agree. */
  readonly isWhole: boolean
  /** The gateway's counts around the run; undefined where none stood between, and afterwards where it is gone. */
  readonly gateway: {readonly before: GatewayStatus; readonly after: GatewayStatus | undefined} | undefined
}

/**
 * Holds what the client saw against what the gateway counted. With `--by gateway` the gateway's counts are what is judged; otherwise a difference
 * between the two is remarked on. Throws a UserError where it is they that count and the gateway ended or was restarted meanwhile.
 */
export function compareWithGateway(
  seen: ProbeResult,
  {by, target, gate, isWhole, gateway}: Comparison,
): {readonly result: ProbeResult; readonly remark: string | undefined} {
  if (gateway === undefined) return {result: seen, remark: undefined}
  const {before, after} = gateway
  const route = target.route?.chain.route
  const lost = whatWasLost(before, after)
  if (after === undefined || route === undefined || lost !== undefined) {
    if (by === 'gateway' && lost !== undefined) throw new UserError(`${lost.what} during the run: its counts ${lost.counts}`, {exitCode: 4})
    return {result: seen, remark: lost && `${lost.what} during the run`}
  }
  const counted = gatewayCounts(route, picked(before), picked(after))
  if (by !== 'gateway') {
    const difference = target.expectation === undefined || !isWhole ? undefined : disagreement(seen.counts, counted, target.expectation)
    return {result: seen, remark: difference === undefined ? undefined : `the gateway counted otherwise: ${difference}`}
  }
  const {thresholds, ...options} = gate
  const {byKind} = seen.report.errors
  const report = judge(counted, gatewayExpectation(route, target.route?.source ?? ''), {...options, errors: byKind, unit: 'connection', seeded: before.seeded})
  return {
    result: {...seen, counts: counted, report: withThresholds(report, thresholds, (percentile) => seen.connect.quantile(percentile / 100))},
    remark: undefined,
  }
}

interface Loss {
  readonly what: string
  readonly counts: string
}

function whatWasLost(before: GatewayStatus, after: GatewayStatus | undefined): Loss | undefined {
  if (after === undefined) return {what: 'the gateway ended', counts: 'are gone'}
  return before.pid === after.pid ? undefined : {what: 'the gateway was restarted', counts: 'began anew'}
}

function picked({stats}: GatewayStatus): PickedByCluster {
  return Object.fromEntries(Object.entries(stats.clusters).map(([cluster, counts]) => [cluster, counts.picked]))
}
