import {formatTime} from '../../api/object.js'
import {redactRouting} from '../../inspect/redact.js'
import type {Resources} from '../../resources/resources.js'
import {startAdmin, type Admin} from '../admin/start-admin.js'
import type {GatewayProcesses} from '../control/container-process.js'
import {serveControl} from '../control/control-server.js'
import type {RunningFacts} from '../control/running-facts.js'
import type {GatewayStatus} from '../gateway/gateway-status.js'
import {serveAttendants} from '../pods/attend-server.js'
import type {GatewayOptions} from './gateway-options.js'
import type {GatewayParts} from './gateway-parts.js'
import type {StopSignal} from './stop-signal.js'
import type {Undo} from './undo.js'

/** What a gateway process is asked through, once everything is in force. */
export interface Served {
  readonly resources: Resources
  readonly options: GatewayOptions
  readonly parts: GatewayParts
  /** Unix epoch, ms. */
  readonly startedMs: number
  readonly stopping: StopSignal
}

/** Opens the ports of Envoy's admin, of readiness and of metrics. */
export async function openAdmin({options, parts, startedMs, stopping}: Served, undo: Undo): Promise<Admin> {
  const {version, adminPorts, address, log} = options
  const {gateway, informer, data, report} = parts
  const admin = await startAdmin(
    {
      version,
      startedMs,
      state: () => (gateway.isDrained ? 'DRAINING' : 'LIVE'),
      routing: () => gateway.routing,
      revision: () => String(informer.revision),
      world: () => informer.world,
      stats: () => data.engine.stats(),
      drain: () => gateway.drain(),
      quit: stopping.request,
    },
    {ports: adminPorts, address, log, report},
  )
  undo.push(async () => admin.close())
  return admin
}

/** Opens the control socket, over which the other commands ask and clients run programs of pods. */
export async function openControl({resources, options, parts, stopping}: Served, status: () => Promise<GatewayStatus>, undo: Undo): Promise<void> {
  const {gateway, informer, kubelet, facts, report} = parts
  const running = async (): Promise<RunningFacts> => ({listening: await kubelet.listening(), kept: facts.keptCredentials, unresolved: facts.unresolved})
  const processes = async (): Promise<GatewayProcesses> => ({pid: process.pid, containers: await kubelet.processes(), inEngine: await kubelet.inEngine()})
  const routing = async () => redactRouting(gateway.routing)
  const server = await serveControl(options.home.socket, {status, running, processes, routing, stop: async () => stopping.request()})
  undo.push(async () => {
    server.close()
    server.closeAllConnections()
  })
  serveAttendants(server, {kubelet, resources, world: () => informer.world, report})
}

/** What the process says of itself just now. */
export async function gatewayStatus({options, parts, startedMs}: Served, admin: Admin): Promise<GatewayStatus> {
  const {gateway, informer, data} = parts
  return {
    pid: process.pid,
    startedAt: formatTime(startedMs),
    home: options.home.directory,
    address: options.address,
    engine: data.kind,
    workers: options.workers,
    seeded: options.seed !== undefined,
    workerRestarts: data.restarts(),
    revision: String(informer.revision),
    listeners: gateway.listeners,
    services: gateway.services,
    findings: gateway.routing.findings,
    stats: await data.engine.stats(),
    admin: admin.reports,
    drained: gateway.isDrained,
  }
}
