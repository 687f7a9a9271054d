import type {AccessRecord, EngineOptions, EngineStats, ListenerState} from '../engine.js'
import type {ConnectOutcome} from '../health/endpoint-health.js'
import type {RoutingDelta} from './routing-delta.js'

/** What the primary process tells a worker. The first message is `start`; plain data, sent as JSON. */
export type ToWorker =
  | {readonly type: 'start'; readonly options: WorkerOptions}
  /** The delta is to the routing of the message before, or to none. `refused` are the bindings known to be taken by another process, by `bindingKey`, with the error code. */
  | {readonly type: 'apply'; readonly generation: number; readonly delta: RoutingDelta; readonly refused: Readonly<Record<string, string>>}
  | {readonly type: 'stats'; readonly request: number}
  | {readonly type: 'permit'; readonly request: number; readonly granted: boolean}
  /** What outlier detection thinks of one cluster now; nothing of a cluster is remembered whose lists are both empty. */
  | {readonly type: 'health'; readonly cluster: string; readonly ejected: readonly string[]; readonly suspects: readonly string[]}
  | {readonly type: 'close'}

/** What a worker tells the primary process. */
export type FromWorker =
  /** It listens to messages from now on: earlier ones would be lost while its modules load. */
  | {readonly type: 'ready'}
  | {readonly type: 'started'}
  /** Without states where they are those of the answer before. */
  | {readonly type: 'applied'; readonly generation: number; readonly states?: readonly ListenerState[]}
  /** The answer to a request, or — without one — what should survive the worker's death. */
  | {readonly type: 'stats'; readonly request?: number; readonly stats: EngineStats}
  | {readonly type: 'access'; readonly records: readonly AccessRecord[]}
  | {readonly type: 'acquire'; readonly request: number; readonly cluster: string; readonly limit: number}
  | {readonly type: 'release'; readonly cluster: string}
  /** In the order they happened. */
  | {readonly type: 'outcomes'; readonly outcomes: readonly ReportedOutcome[]}
  | {readonly type: 'failed'; readonly reason: string}

/** Of an attempt to connect: the cluster's key, the endpoint, and what became of it. */
export type ReportedOutcome = readonly [cluster: string, endpoint: string, outcome: ConnectOutcome]

export type WorkerOptions = Omit<EngineOptions, 'onAccess'> & {
  /** Whether anybody reads access records. */
  readonly wantsAccess: boolean
  /** With `epoll` the node engine serves what the epoll engine cannot. */
  readonly engine: 'node' | 'epoll'
}
