import type {EngineStats} from '../../engine/engine.js'
import type {Routing} from '../../routing/routing.js'
import type {World} from '../world.js'

export type GatewayState = 'LIVE' | 'DRAINING'

/** What the admin pages know of the gateway, and what they can make it do. */
export interface GatewayFacts {
  /** Of tshift. */
  readonly version: string
  /** Unix epoch, ms. */
  readonly startedMs: number
  state(): GatewayState
  /** In force just now. */
  routing(): Routing
  /** The store's revision it was made of. */
  revision(): string
  world(): World
  stats(): Promise<EngineStats>
  /** Stops accepting connections until the gateway is started anew; those that are open drain. Idempotent. */
  drain(): Promise<void>
  /** Asks the process to end, in order. */
  quit(): void
}
