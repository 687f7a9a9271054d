import type {EngineContext} from '../engine-context.js'
import type {TlsClients} from '../tls/tls-clients.js'
import type {Connection} from './connection.js'

/** What the connections of the node engine share. */
export interface ConnectionContext extends EngineContext {
  readonly tlsClients: TlsClients
  /** Called once, when both sides are closed. */
  readonly onEnd: (connection: Connection) => void
}
