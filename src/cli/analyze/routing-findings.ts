import type {KubeObject} from '../../api/object.js'
import {compileWorld} from '../../daemon/gateway/compile-world.js'
import {readOutsideFacts, type Facts} from '../../daemon/outside/outside-facts.js'
import {worldOf} from '../../daemon/world.js'
import type {RunningFacts} from '../../daemon/control/running-facts.js'
import type {RoutingFinding} from '../../routing/routing.js'
import {imagineRunning} from './imagine-running.js'

/** For every name: analysis gives the same result with a network and without one. */
const SOMEWHERE = '198.19.0.1'

/**
 * What compiling these objects finds out, if everything that should run ran and every name had an address that `running`, a gateway process, does not
 * know better of.
 */
export async function routingFindings(objects: readonly KubeObject[], running?: Partial<RunningFacts>): Promise<readonly RoutingFinding[]> {
  const world = imagineRunning(worldOf(objects))
  const facts = await readOutsideFacts(world, {lookup: () => Promise.resolve({addresses: [SOMEWHERE]})})
  const kept = new Set(running?.kept)
  const credentials = mapValues(facts.credentials, (credential, key) => (kept.has(key) ? {...credential, isServedYet: true as const} : credential))
  return compileWorld(world, {...namesAsResolved(facts, running?.unresolved ?? {}), credentials}).findings
}

function namesAsResolved(facts: Facts, unresolved: RunningFacts['unresolved']): Facts {
  const resolved = mapValues(facts.resolved, (addresses, name) => (unresolved[name] === undefined ? addresses : (unresolved[name].addresses ?? [])))
  const had = Object.fromEntries(Object.entries(resolved).filter(([, addresses]) => addresses.length > 0))
  return {...facts, resolved: had, lookupProblems: mapValues(unresolved, ({reason}) => reason)}
}

function mapValues<T, U>(record: Readonly<Record<string, T>>, map: (value: T, key: string) => U): Readonly<Record<string, U>> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value, key)]))
}
