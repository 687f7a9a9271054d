import type {Server} from 'node:http'
import type {AdminReport} from '../gateway/gateway-status.js'
import {portProblem} from '../gateway/port-problem.js'
import type {GatewayFacts} from './gateway-facts.js'
import type {Page} from './page.js'
import {adminPages, metricsPages, readinessPages} from './pages.js'
import {servePages} from './serve-pages.js'

/** Ports, 0 is off. */
export interface AdminPorts {
  readonly admin: number
  readonly readiness: number
  readonly metrics: number
}

export interface AdminOptions {
  readonly ports: AdminPorts
  /** Where the gateway's listeners are. */
  readonly address: string
  readonly log: (line: string) => void
  readonly report: (error: unknown) => void
}

export interface Admin {
  /** What became of each port. */
  readonly reports: readonly AdminReport[]
  close(): void
}

interface Wanted {
  readonly name: AdminReport['name']
  readonly host: string
  readonly port: number
  readonly pages: readonly Page[]
}

/**
 * Opens the ports that every gateway pod has: admin, readiness, metrics. They stand beside the listeners, so that each gateway of a machine has
 * its own; but admin, which can end the gateway, is never open to other machines. A port that cannot be had is left out and said, not an error:
 * traffic does not need it.
 */
export async function startAdmin(facts: GatewayFacts, options: AdminOptions): Promise<Admin> {
  const {ports, address} = options
  const wanted: readonly Wanted[] = [
    {name: 'admin', host: isLoopback(address) ? address : '127.0.0.1', port: ports.admin, pages: adminPages(facts)},
    {name: 'readiness', host: address, port: ports.readiness, pages: readinessPages(facts)},
    {name: 'metrics', host: address, port: ports.metrics, pages: metricsPages(facts)},
  ]
  const opened = await Promise.all(wanted.filter(({port}) => port !== 0).map((one) => open(one, options)))
  return {reports: opened.map(({report}) => report), close: () => opened.forEach(({server}) => closeServer(server))}
}

interface Opened {
  readonly report: AdminReport
  readonly server?: Server
}

async function open({name, host, port, pages}: Wanted, {log, report}: AdminOptions): Promise<Opened> {
  try {
    const server = await servePages(pages, {host, port, isPrivate: name === 'admin', report})
    return {report: {name, address: host, port, bound: true}, server}
  } catch (error) {
    const problem = await portProblem({address: host, port, error: (error as NodeJS.ErrnoException).code ?? (error as Error).message})
    log(`warning: no ${name} port: ${problem}`)
    return {report: {name, address: host, port, bound: false, problem}}
  }
}

function closeServer(server: Server | undefined): void {
  server?.close()
  server?.closeAllConnections()
}

function isLoopback(address: string): boolean {
  return address.startsWith('127.') || address === '::1' || address === 'localhost'
}
