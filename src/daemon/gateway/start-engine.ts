import {formatAccess} from '../../engine/access-log.js'
import {availableEngine} from '../../engine/available-engine.js'
import type {Engine} from '../../engine/engine.js'
import type {NftablesEngineOptions} from '../../engine/nftables/nftables-engine.js'
import {tableName} from '../../engine/nftables/table.js'
import {startWorkerEngine} from '../../engine/workers/worker-engine.js'
import type {GatewayOptions} from '../lifecycle/gateway-options.js'
import type {Home} from '../lifecycle/home.js'
import type {Undo} from '../lifecycle/undo.js'
import type {GatewayStatus} from './gateway-status.js'
import {forgetTable, rememberTable} from './kernel-table.js'

type EngineKind = GatewayStatus['engine']

export interface StartedEngine {
  readonly engine: Engine
  readonly kind: EngineKind
  /** Workers that ended unasked and were replaced. */
  readonly restarts: () => number
}

/** Starts the data plane that is asked for, and says which it came to. Throws a UserError where that is not to be had here. */
export async function startEngine(options: GatewayOptions, undo: Undo): Promise<StartedEngine> {
  let restarts = 0
  const {address, workers, drainMs, onChange, seed, accessLog, log} = options
  const kind = await availableEngine(options.engine)
  const shared = {address, drainMs, onChange, log, ...(seed === undefined ? {} : {seed})}
  const inWorkers = await startWorkerEngine({
    ...shared,
    engine: await workerEngine(kind),
    workers,
    ...(accessLog === undefined ? {} : {onAccess: (record) => accessLog.write(formatAccess(record, accessLog.encoding))}),
    onWorkerExit: () => restarts++,
  })
  undo.push(() => inWorkers.close())
  if (kind !== 'nftables') return {engine: inWorkers, kind, restarts: () => restarts}
  if (accessLog !== undefined) log('the kernel writes no access log: there are lines for listeners of the other engines only')
  const engine = await startInKernel(options.home, {...shared, others: inWorkers}, undo)
  return {engine, kind, restarts: () => restarts}
}

/** The engine beside the kernel is the best of the others. */
async function workerEngine(kind: EngineKind): Promise<'node' | 'epoll'> {
  if (kind !== 'nftables') return kind
  return (await availableEngine('auto')) === 'epoll' ? 'epoll' : 'node'
}

async function startInKernel(home: Home, options: Omit<NftablesEngineOptions, 'table'>, undo: Undo): Promise<Engine> {
  const {createNftablesEngine} = await import('../../engine/nftables/nftables-engine.js')
  const table = tableName(home.directory)
  rememberTable(home, table)
  const engine = await createNftablesEngine({...options, table, onRouteLocalnet: () => rememberTable(home, table, {switchesLocalnet: true})})
  undo.push(async () => {
    await engine.close() // where this fails, the table is remembered
    forgetTable(home)
  })
  return engine
}
