import {compileAll} from '../../routing/compile-all.js'
import type {Routing} from '../../routing/routing.js'
import type {Snapshot} from '../../routing/snapshot.js'
import {steadyPods} from '../../routing/steady-pods.js'
import type {World} from '../world.js'
import {ingressProxy} from './ingress-proxy.js'

/** What routing has to know and the store does not; see `outside-facts.ts`, which gathers it. */
export type WorldFacts = Pick<Snapshot, 'credentials' | 'resolved' | 'lookupProblems'>

/** What is applied as one routing table: of the gateway process and of commands that say what it does, so that they cannot differ. */
export function compileWorld(world: World, facts: WorldFacts): Routing {
  return compileAll({...world, ...facts, pods: podsOf(world.pods)}, ingressProxy(world))
}

const podsOf = steadyPods()
