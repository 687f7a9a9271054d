import type {Action} from '../action.js'
import type {UnboundPort} from '../gateway/unbound-ports.js'
import type {World} from '../world.js'
import {planEndpoints} from './endpoints.js'
import {planEntryAddresses} from './entry-addresses.js'
import {planGarbage} from './garbage.js'
import {planGatewayApi} from './gateway-api.js'
import {planNamespaces} from './namespaces.js'
import {planWorkloads} from './workloads.js'

/**
 * Everything the controllers want done in this world; empty when it is as it should be. Pure and level-triggered: the same world gives the same plan.
 * `unbound` are ports that a running gateway process could not have.
 */
export function planWorld(world: World, nowMs: number, unbound: readonly UnboundPort[] = []): readonly Action[] {
  return [
    ...planGarbage(world, nowMs),
    ...planNamespaces(world),
    ...planGatewayApi(world, nowMs, unbound),
    ...planWorkloads(world, nowMs),
    ...planEndpoints(world),
    ...planEntryAddresses(world),
  ]
}
