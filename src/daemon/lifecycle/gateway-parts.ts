import {nodeType, type Node} from '../../api/kinds/node.js'
import {UserError} from '../../base/user-error.js'
import {NODE_NAME} from '../../resources/cluster.js'
import type {Resources} from '../../resources/resources.js'
import {PodAddresses} from '../../workload/addresses/addresses.js'
import {findContainerEngine} from '../../workload/runtimes/container-engine.js'
import {ControlLoop} from '../control-loop.js'
import {EventRecorder} from '../event-recorder.js'
import {GatewayController} from '../gateway/gateway-controller.js'
import {startEngine, type StartedEngine} from '../gateway/start-engine.js'
import {Informer} from '../informer.js'
import {OutsideFacts} from '../outside/outside-facts.js'
import {Kubelet} from '../pods/kubelet.js'
import {outOfRouting} from '../pods/out-of-routing.js'
import type {GatewayOptions} from './gateway-options.js'
import {settle} from './settle.js'
import type {Undo} from './undo.js'

const POD_GRACE_MS = 2000
/** A gateway is ready without a pod that is not. */
const POD_PATIENCE_MS = 5000

/** What works in a gateway process, each part told of every change of the store. */
export interface GatewayParts {
  readonly data: StartedEngine
  readonly facts: OutsideFacts
  readonly gateway: GatewayController
  readonly informer: Informer
  readonly kubelet: Kubelet
  readonly loop: ControlLoop
  /** Problems that are nobody's to handle. */
  readonly report: (error: unknown) => void
}

/**
 * Starts the parts and sets them to work:
 *
 *     store ─Informer→ world ─┬→ ControlLoop: writes what controllers would
 *                             ├→ Kubelet: runs the pods
 *                             └→ GatewayController: compiles, with OutsideFacts, and applies to the engine
 */
export async function startParts(resources: Resources, options: GatewayOptions, undo: Undo): Promise<GatewayParts> {
  const {home, log} = options
  const report = (error: unknown) => log(`error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
  const addresses = new PodAddresses({podCIDR: await podRange(resources)})
  const events = new EventRecorder(resources)
  let engineFound: Promise<string | undefined> | undefined // asked for when the first image needs it
  const kubelet = new Kubelet({
    resources,
    events,
    addresses,
    podLogs: home.podLogs,
    claims: home.claims,
    allowHostCommands: options.allowHostCommands,
    engine: () => (engineFound ??= findContainerEngine(options.containerEngine)),
    report,
    beforeStop: (pod) => outOfRouting(pod, () => gateway.offer(informer.world)),
  })
  undo.push(() => settle(resources), () => kubelet.close(POD_GRACE_MS))
  const data = await startEngine(options, undo) // closed before the pods end: nothing is sent to those that are going
  const facts = new OutsideFacts({changed: () => void gateway.refresh().catch(report)})
  undo.push(async () => facts.close())
  const gateway: GatewayController = new GatewayController({
    engine: data.engine,
    events,
    gather: (world) => facts.gather(world),
    unboundChanged: () => loop.offer(informer.world, informer),
    log,
    report,
  })
  const loop: ControlLoop = new ControlLoop({resources, events, nodeAlive: true}, report, () => gateway.unbound)
  const informer: Informer = new Informer(resources, (world) => {
    void gateway.offer(world).catch(report)
    kubelet.sync(world)
    loop.offer(world, informer)
  })
  const parts = {data, facts, gateway, informer, kubelet, loop, report}
  follow(parts, undo)
  return parts
}

/** Waits until the controllers have nothing left to do, the pods have started, and their endpoints are in the routing. */
export async function everythingInForce({informer, loop, kubelet, gateway}: GatewayParts): Promise<void> {
  await informer.synced
  await loop.idle()
  await kubelet.settled(POD_PATIENCE_MS)
  await loop.idle()
  await gateway.offer(informer.world)
  const broken = gateway.listeners.find(({bound, alias}) => !bound && !alias)
  if (broken === undefined) return
  throw new UserError(`listener ${broken.name} of gateway ${broken.gateway}: ${broken.problem}`, {
    hint: 'end that process, change the Gateway\'s port, or choose another address with --bind',
  })
}

function follow({informer, gateway, loop, report}: GatewayParts, undo: Undo): void {
  const aborted = new AbortController()
  const following = informer.run(aborted.signal).catch(report)
  undo.push(async () => {
    aborted.abort()
    gateway.close()
    await following
    await loop.close()
  })
}

async function podRange(resources: Resources): Promise<string> {
  const node = await resources.get<Node>(nodeType, undefined, NODE_NAME)
  return node.spec?.podCIDR ?? '127.64.0.0/16'
}
