import {mkdir} from 'node:fs/promises'
import type {Server} from 'node:http'
import {nodeType, type Node} from '../../api/kinds/node.js'
import {serviceType, type Service} from '../../api/kinds/service.js'
import {formatTime} from '../../api/object.js'
import {isNotFound} from '../../api/status-error.js'
import {UserError} from '../../base/user-error.js'
import type {AccessLogEncoding} from '../../engine/access-log.js'
import type {DataPlaneChoice} from '../../engine/choose-engine.js'
import {redactRouting} from '../../inspect/redact.js'
import {INGRESS, NODE_NAME} from '../../resources/cluster.js'
import type {Resources} from '../../resources/resources.js'
import {PodAddresses} from '../../workload/addresses.js'
import {findContainerEngine, type EngineChoice} from '../../workload/container-engine.js'
import {startAdmin, type AdminPorts} from '../admin/start-admin.js'
import {ControlLoop} from '../control-loop.js'
import type {GatewayProcesses} from '../control/container-process.js'
import {serveControl, type ControlHandlers} from '../control/control-server.js'
import type {RunningFacts} from '../control/running-facts.js'
import {EventRecorder} from '../event-recorder.js'
import {GatewayController} from '../gateway/gateway-controller.js'
import type {GatewayStatus} from '../gateway/gateway-status.js'
import {removeLeftTable} from '../gateway/kernel-table.js'
import {startEngine} from '../gateway/start-engine.js'
import {Informer} from '../informer.js'
import {OutsideFacts} from '../outside/outside-facts.js'
import {serveAttendants} from '../pods/attend-server.js'
import {Kubelet} from '../pods/kubelet.js'
import {outOfRouting} from '../pods/out-of-routing.js'
import {alreadyRunning} from './already-running.js'
import type {Home} from './home.js'
import {claimPidFile, releasePidFile} from './pid-file.js'
import {settle} from './settle.js'
import {watchPidFile} from './watch-pid-file.js'

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

export interface GatewayProcess {
  status(): Promise<GatewayStatus>
  /** Resolves when a stop was asked for over the control socket. */
  readonly stopRequested: Promise<void>
  /** Ends pods, listeners and workers, and gives the pid file back. */
  stop(): Promise<void>
}

const POD_GRACE_MS = 2000
/** A gateway is ready without a pod that is not. */
const POD_PATIENCE_MS = 5000

/**
 * The gateway process: watches the store, runs the pods, and keeps the data plane's routing what the store says.
 * Resolves when everything the store asks for is in force. Throws a UserError where it cannot be: nothing is left running then.
 */
export async function startGateway(resources: Resources, options: GatewayOptions): Promise<GatewayProcess> {
  const undo: (() => Promise<void>)[] = []
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step().catch((error: unknown) => options.log(`error: while stopping: ${String(error)}`))
  }
  try {
    return await assemble(resources, options, undo, stop)
  } catch (error) {
    await stop()
    throw error
  }
}

/** What is done to end, from the last to the first. */
export type Undo = (() => Promise<void>)[]

async function assemble(resources: Resources, options: GatewayOptions, undo: Undo, stop: () => Promise<void>): Promise<GatewayProcess> {
  const {home, log} = options
  const report = (error: unknown) => log(`error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
  await claimHome(options, undo)
  await announceAddress(resources, options.address)
  const addresses = new PodAddresses({podCIDR: await podRange(resources)})
  const events = new EventRecorder(resources)
  let engineFound: Promise<string | undefined> | undefined // asked for when the first image needs it
  const kubelet = new Kubelet({
    resources,
    events,
    addresses,
    podLogs: home.podLogs,
    allowHostCommands: options.allowHostCommands,
    engine: () => (engineFound ??= findContainerEngine(options.containerEngine)),
    report,
    beforeStop: (pod) => outOfRouting(pod, () => gateway.offer(informer.world)),
  })
  undo.push(() => settle(resources), () => kubelet.close(POD_GRACE_MS))
  const {engine, kind, restarts} = await startEngine(options, undo) // closed before the pods end: nothing is sent to those that are going
  const facts = new OutsideFacts({changed: () => void gateway.refresh().catch(report)})
  undo.push(async () => facts.close())
  const gateway: GatewayController = new GatewayController({
    engine,
    events,
    gather: (world) => facts.gather(world),
    unboundChanged: () => loop.offer(informer.world, informer),
    log,
    report,
  })
  const loop: ControlLoop = new ControlLoop({resources, events, nodeAlive: true}, report, () => gateway.unbound)

  const aborted = new AbortController()
  const informer: Informer = new Informer(resources, (world) => {
    void gateway.offer(world).catch(report)
    kubelet.sync(world)
    loop.offer(world, informer)
  })
  const following = informer.run(aborted.signal).catch(report)
  undo.push(async () => {
    aborted.abort()
    gateway.close()
    await following
    await loop.close()
  })

  await everythingInForce({informer, loop, kubelet, gateway})
  const startedMs = resources.clock.now()
  const stopping = stopSignal()
  const watch = watchPidFile(home.pidFile, () => {
    log(`${home.pidFile} is gone, or another process's: the gateway ends`)
    stopping.request()
  })
  undo.push(async () => watch.close())
  const admin = await startAdmin(
    {
      version: options.version,
      startedMs,
      state: () => (gateway.isDrained ? 'DRAINING' : 'LIVE'),
      routing: () => gateway.routing,
      revision: () => String(informer.revision),
      world: () => informer.world,
      stats: () => engine.stats(),
      drain: () => gateway.drain(),
      quit: stopping.request,
    },
    {ports: options.adminPorts, address: options.address, log, report},
  )
  undo.push(async () => admin.close())
  const status = async (): Promise<GatewayStatus> => ({
    pid: process.pid,
    startedAt: formatTime(startedMs),
    home: home.directory,
    address: options.address,
    engine: kind,
    workers: options.workers,
    seeded: options.seed !== undefined,
    workerRestarts: restarts(),
    revision: String(informer.revision),
    listeners: gateway.listeners,
    services: gateway.services,
    findings: gateway.routing.findings,
    stats: await engine.stats(),
    admin: admin.reports,
    drained: gateway.isDrained,
  })
  const running = async (): Promise<RunningFacts> => ({listening: await kubelet.listening(), kept: facts.keptCredentials, unresolved: facts.unresolved})
  const processes = async (): Promise<GatewayProcesses> => ({pid: process.pid, containers: await kubelet.processes()})
  const control = await openControl(home, {status, running, processes, routing: async () => redactRouting(gateway.routing), stop: async () => stopping.request()}, undo)
  serveAttendants(control, {kubelet, resources, world: () => informer.world, report})
  return {status, stopRequested: stopping.requested, stop}
}

async function claimHome({home, log}: GatewayOptions, undo: Undo): Promise<void> {
  await mkdir(home.directory, {recursive: true, mode: 0o700})
  if (Buffer.byteLength(home.socket) > MAX_SOCKET_PATH_BYTES) throw socketPathTooLong(home.socket)
  const before = claimPidFile(home.pidFile)
  if (before.type === 'running') throw alreadyRunning(before.pid)
  if (before.type === 'stale') log(`the gateway before (pid ${before.pid}) was killed: taking over`)
  undo.push(async () => releasePidFile(home.pidFile))
  const left = await removeLeftTable(home)
  if (left !== undefined) throw new UserError(left, {hint: 'they would lead connections past this gateway: remove them first'})
}

async function podRange(resources: Resources): Promise<string> {
  const node = await resources.get<Node>(nodeType, undefined, NODE_NAME)
  return node.spec?.podCIDR ?? '127.64.0.0/16'
}

/** What the systems we run on allow, macOS the least. */
const MAX_SOCKET_PATH_BYTES = 103

function socketPathTooLong(socket: string): UserError {
  return new UserError(`the path of the control socket is too long (${Buffer.byteLength(socket)} bytes): ${socket}`, {hint: 'choose a shorter TSHIFT_HOME'})
}

/** The ingress Service's address is the one the listeners are bound to, so that the tutorials' `INGRESS_HOST` is right. */
async function announceAddress(resources: Resources, address: string): Promise<void> {
  const ip = address === '0.0.0.0' || address === '::' ? '127.0.0.1' : address
  const loadBalancer = {ingress: [{ip, ipMode: 'VIP'}]}
  try {
    await resources.mutateStatus<Service>(serviceType, INGRESS, (service) => ({...service, status: {loadBalancer}}))
  } catch (error) {
    if (!isNotFound(error)) throw error // the user deleted it: the listeners work without
  }
}

interface Parts {
  readonly informer: Informer
  readonly loop: ControlLoop
  readonly kubelet: Kubelet
  readonly gateway: GatewayController
}

/** Waits until the controllers have nothing left to do, the pods have started, and their endpoints are in the routing. */
async function everythingInForce({informer, loop, kubelet, gateway}: Parts): Promise<void> {
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

interface StopSignal {
  readonly requested: Promise<void>
  request(): {readonly pid: number}
}

/** Whoever asks for the end is told whose end it is. */
function stopSignal(): StopSignal {
  let resolveRequest: () => void = () => undefined
  const requested = new Promise<void>((resolve) => {
    resolveRequest = resolve
  })
  const request = () => {
    resolveRequest()
    return {pid: process.pid}
  }
  return {requested, request}
}

async function openControl(home: Home, handlers: ControlHandlers, undo: Undo): Promise<Server> {
  const server = await serveControl(home.socket, handlers)
  undo.push(async () => {
    server.close()
    server.closeAllConnections()
  })
  return server
}
