import type {KubeObject} from '../../api/object.js'
import {compileWorld} from '../../daemon/gateway/compile-world.js'
import {readOutsideFacts} from '../../daemon/outside/outside-facts.js'
import {worldOf} from '../../daemon/world.js'
import type {RoutingFinding} from '../../routing/routing.js'
import {imagineRunning} from './imagine-running.js'

/** For every name: analysis gives the same result with a network and without one. */
const SOMEWHERE = '198.19.0.1'

/**
 * What compiling these objects finds out, if everything that should run ran and every name that is looked up had an address.
 * `keptCredentials` are the keys of those that a running gateway serves although they are bad or gone by now.
 */
export async function routingFindings(objects: readonly KubeObject[], keptCredentials: readonly string[]): Promise<readonly RoutingFinding[]> {
  const world = imagineRunning(worldOf(objects))
  const facts = await readOutsideFacts(world, {lookup: () => Promise.resolve({addresses: [SOMEWHERE]})})
  const kept = new Set(keptCredentials)
  const credentials = mapValues(facts.credentials, (credential, key) => (kept.has(key) ? {...credential, isServedYet: true as const} : credential))
  return compileWorld(world, {...facts, credentials}).findings
}

function mapValues<T>(record: Readonly<Record<string, T>>, map: (value: T, key: string) => T): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value, key)]))
}
