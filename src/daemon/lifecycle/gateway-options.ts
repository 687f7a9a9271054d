import type {AccessLogEncoding} from '../../engine/access-log.js'
import type {DataPlaneChoice} from '../../engine/choose-engine.js'
import type {EngineChoice} from '../../workload/runtimes/container-engine.js'
import type {AdminPorts} from '../admin/start-admin.js'
import type {Home} from './home.js'

export interface GatewayOptions {
  readonly home: Home
  /** The address the listeners are bound to. */
  readonly address: string
  readonly workers: number
  readonly engine: DataPlaneChoice
  readonly drainMs: number
  readonly onChange: 'drain' | 'keep' | 'close'
  readonly seed?: number
  /** How each finished connection is written, and where. */
  readonly accessLog?: {readonly encoding: AccessLogEncoding; readonly write: (line: string) => void}
  readonly allowHostCommands: boolean
  /** What runs images that nothing else runs. */
  readonly containerEngine: EngineChoice
  readonly adminPorts: AdminPorts
  /** Of tshift. */
  readonly version: string
  readonly log: (line: string) => void
}
