import {askGateway} from '../../daemon/control-client.js'
import {compileWorld} from '../../daemon/compile-world.js'
import type {GatewayStatus} from '../../daemon/gateway-status.js'
import {worldOf, type World} from '../../daemon/world.js'
import {redactRouting} from '../../inspect/redact.js'
import type {Routing} from '../../routing/routing.js'
import type {Session} from '../session.js'

/** What is applied and what is in force, as the inspecting commands look at it. */
export interface Installation {
  readonly world: World
  /** Of the newest write. */
  readonly revision: string
  /** What the store says should be in force. */
  readonly compiled: Routing
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
  const compiled = redactRouting(compileWorld(world, {}))
  if (!session.isGatewayRunning) return {world, revision: resourceVersion, compiled}
  const {socket} = session.home
  const [status, routing] = [await askGateway<GatewayStatus>(socket, 'status'), await askGateway<Routing>(socket, 'routing')]
  return {world, revision: resourceVersion, compiled, running: {status, routing}}
}

/** What is in force, or would be. */
export function routingOf({running, compiled}: Installation): Routing {
  return running?.routing ?? compiled
}
