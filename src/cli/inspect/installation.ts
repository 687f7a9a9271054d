import {askGateway} from '../../daemon/control/control-client.js'
import {compileWorld} from '../../daemon/gateway/compile-world.js'
import type {GatewayStatus} from '../../daemon/gateway/gateway-status.js'
import {readOutsideFacts} from '../../daemon/outside/outside-facts.js'
import {worldOf, type World} from '../../daemon/world.js'
import {redactRouting} from '../../inspect/redact.js'
import type {Routing} from '../../routing/routing.js'
import type {Session} from '../session.js'

/** What is applied and what is in force, as the inspecting commands look at it. */
export interface Installation {
  readonly world: World
  /** Of the newest write. */
  readonly revision: string
  /** Absent where no gateway runs. */
  readonly running?: RunningGateway
}

export interface RunningGateway {
  readonly status: GatewayStatus
  /** What is in force, without private keys. */
  readonly routing: Routing
}

/** Looks at the store and, where one runs, the gateway. Throws a UserError where it runs and does not answer. */
export async function inspectInstallation(session: Session): Promise<Installation> {
  const {items, resourceVersion} = await session.resources.listAll()
  const world = worldOf(items)
  if (!session.isGatewayRunning) return {world, revision: resourceVersion}
  const {socket} = session.home
  const [status, routing] = [await askGateway<GatewayStatus>(socket, 'status'), await askGateway<Routing>(socket, 'routing')]
  return {world, revision: resourceVersion, running: {status, routing}}
}

/** What is in force, or would be. */
export async function routingOf({running, world}: Installation): Promise<Routing> {
  return running?.routing ?? compiledRouting(world)
}

/** What the store says should be in force, without private keys. */
export async function compiledRouting(world: World): Promise<Routing> {
  return redactRouting(compileWorld(world, await readOutsideFacts(world)))
}
