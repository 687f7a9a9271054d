import type {ClientFacts} from '../../routing/choose-chain.js'
import type {Routing} from '../../routing/routing.js'
import type {Snapshot} from '../../routing/snapshot.js'
import type {Health} from '../health.js'

/** Where a connection goes. */
export interface Question {
  /** As the user named it, for the title. */
  readonly target: string
  /** Absent: the gateway, or wherever the port is. */
  readonly address?: string
  readonly port: number
  readonly client: ClientFacts
}

/** A listener as the running gateway reports it. */
export interface BoundListener {
  readonly name: string
  readonly address: string
  readonly port: number
  readonly bound: boolean
  readonly problem?: string
}

/** What a trace is made of. */
export interface Known {
  readonly snapshot: Snapshot
  readonly routing: Routing
  /** Where listeners at `0.0.0.0` are. */
  readonly gatewayAddress: string
  /** Absent where no gateway runs. */
  readonly running?: {readonly listeners: readonly BoundListener[]; readonly health: Health; readonly drained: boolean}
}
