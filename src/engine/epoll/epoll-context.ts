import type {EngineContext} from '../engine-context.js'
import type {EndTools} from './end-owner.js'
import type {EpollConnection} from './epoll-connection.js'

/** What the connections of one epoll engine share. */
export interface EpollContext extends EngineContext, EndTools {
  /** Called once, when both sides are closed. */
  readonly onEnd: (connection: EpollConnection) => void
}
