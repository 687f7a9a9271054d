import type {KubeObject} from '../../api/object.js'
import {compileWorld} from '../../daemon/compile-world.js'
import {readOutsideFacts} from '../../daemon/outside-facts.js'
import {worldOf} from '../../daemon/world.js'
import type {RoutingFinding} from '../../routing/routing.js'
import {imagineRunning} from './imagine-running.js'

/** For every name: analysis gives the same result with a network and without one. */
const SOMEWHERE = '198.19.0.1'

/** What compiling these objects finds out, if everything that should run ran and every name that is looked up had an address. */
export async function routingFindings(objects: readonly KubeObject[]): Promise<readonly RoutingFinding[]> {
  const world = imagineRunning(worldOf(objects))
  const facts = await readOutsideFacts(world, {lookup: () => Promise.resolve({addresses: [SOMEWHERE]})})
  return compileWorld(world, facts).findings
}
