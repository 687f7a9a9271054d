import type {Resources} from '../../resources/resources.js'
import type {GatewayStatus} from '../gateway/gateway-status.js'
import {announceAddress} from './announce-address.js'
import {claimHome} from './claim-home.js'
import {gatewayStatus, openAdmin, openControl, type Served} from './gateway-faces.js'
import type {GatewayOptions} from './gateway-options.js'
import {everythingInForce, startParts} from './gateway-parts.js'
import {stopSignal, type StopSignal} from './stop-signal.js'
import type {Undo} from './undo.js'
import {watchPidFile} from './watch-pid-file.js'

export interface GatewayProcess {
  status(): Promise<GatewayStatus>
  /** Resolves when a stop was asked for over the control socket. */
  readonly stopRequested: Promise<void>
  /** Ends pods, listeners and workers, and gives the pid file back. */
  stop(): Promise<void>
}

/**
 * The gateway process: watches the store, runs the pods, and keeps the data plane's routing what the store says.
 * Resolves when everything the store asks for is in force. Throws a UserError where it cannot be: nothing is left running then.
 */
export async function startGateway(resources: Resources, options: GatewayOptions): Promise<GatewayProcess> {
  const undo: Undo = []
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step().catch((error: unknown) => options.log(`error: while stopping: ${String(error)}`))
  }
  try {
    return {...(await start(resources, options, undo)), stop}
  } catch (error) {
    await stop()
    throw error
  }
}

async function start(resources: Resources, options: GatewayOptions, undo: Undo): Promise<Omit<GatewayProcess, 'stop'>> {
  await claimHome(options, undo)
  await announceAddress(resources, options.address)
  const parts = await startParts(resources, options, undo)
  await everythingInForce(parts)
  const stopping = stopSignal()
  const served: Served = {resources, options, parts, startedMs: resources.clock.now(), stopping}
  watchHome(options, stopping, undo)
  const admin = await openAdmin(served, undo)
  const status = () => gatewayStatus(served, admin)
  await openControl(served, status, undo)
  return {status, stopRequested: stopping.requested}
}

/** A gateway whose home is removed has nobody left who could reach it. */
function watchHome({home, log}: GatewayOptions, stopping: StopSignal, undo: Undo): void {
  const watch = watchPidFile(home.pidFile, () => {
    log(`${home.pidFile} is gone, or another process's: the gateway ends`)
    stopping.request()
  })
  undo.push(async () => watch.close())
}
