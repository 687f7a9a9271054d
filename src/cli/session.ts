import {fnv1a} from '../base/fnv.js'
import {homeOf, type Home} from '../daemon/lifecycle/home.js'
import {gatewayLife} from '../daemon/lifecycle/pid-file.js'
import {settle} from '../daemon/lifecycle/settle.js'
import {settleKilled} from '../daemon/lifecycle/settle-killed.js'
import {bootstrap} from '../resources/bootstrap.js'
import {Resources} from '../resources/resources.js'
import {openStore} from '../store/open.js'
import type {Store} from '../store/store.js'

const DEFAULT_INGRESS_ADDRESS = '127.0.0.1'
const FIRST_POD_OCTET = 64
const POD_OCTETS = 64

/** An open store and the resources in it: what every command that touches state works with. */
export class Session {
  readonly home: Home
  readonly resources: Resources
  readonly #store: Store

  private constructor(home: Home, store: Store) {
    this.home = home
    this.#store = store
    this.resources = new Resources({store})
  }

  /** Opens the store of `$TSHIFT_HOME`; the first time, the built-in cluster picture is put into it. Throws a UserError. */
  static async open(env: NodeJS.ProcessEnv = process.env): Promise<Session> {
    const home = homeOf(env)
    const session = new Session(home, await openStore(`lmdb:${home.store}`))
    const podOctet = FIRST_POD_OCTET + (fnv1a(home.directory) % POD_OCTETS)
    await bootstrap(session.resources, {podOctet, ingressAddress: DEFAULT_INGRESS_ADDRESS})
    await settleKilled(session.resources, home)
    return session
  }

  /** Whether a gateway process is there to do what controllers and kubelet do. */
  get isGatewayRunning(): boolean {
    return gatewayLife(this.home.pidFile).type === 'running'
  }

  /** To be called after changes: where no gateway process runs, its controllers run here. */
  async settle(): Promise<void> {
    if (!this.isGatewayRunning) await settle(this.resources)
  }

  async close(): Promise<void> {
    await this.#store.close()
  }
}
