import {chainKey} from '../../engine/chain-key.js'
import {envoyMetrics} from '../../inspect/metrics/envoy-metrics.js'
import {istioMetrics} from '../../inspect/metrics/istio-metrics.js'
import type {Metric} from '../../inspect/metrics/metric.js'
import type {GatewayFacts} from './gateway-facts.js'

/** Everything the gateway counts, as it stands now. */
export async function gatewayMetrics(facts: GatewayFacts): Promise<readonly Metric[]> {
  const routing = facts.routing()
  const stats = await facts.stats()
  const server = {uptimeSeconds: uptimeOf(facts), isLive: facts.state() === 'LIVE', chainKey}
  return [...envoyMetrics(routing, stats, server), ...istioMetrics(routing, stats, facts.world().pods)]
}

/** Whole seconds since the gateway was started. */
export function uptimeOf({startedMs}: GatewayFacts): number {
  return Math.floor((Date.now() - startedMs) / 1000)
}
