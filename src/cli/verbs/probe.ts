import {createHeldCount, type HeldCount, type HeldSummary} from '../../probe/held-count.js'
import {holdConnections} from '../../probe/hold.js'
import {createPaceCount, type PaceCount, type PaceReport} from '../../probe/pace-count.js'
import {latencyHistogram, type LatencyHistogram} from '../../probe/latency.js'
import {inOrder} from '../../probe/in-order.js'
import type {Observation} from '../../probe/observation.js'
import {runProbe, type ProbeOptions} from '../../probe/run.js'
import {createCounter, type Counts} from '../../tally/count.js'
import type {Expectation} from '../../tally/expectation.js'
import {judge} from '../../tally/judge.js'
import type {TallyReport} from '../../tally/report.js'
import {sequentialGate, type SequentialGate} from '../../tally/sequential.js'
import {withThresholds} from '../../tally/threshold.js'
import type {GateOptions} from '../flags/gate.js'
import type {AnswerOfObservation} from '../probe/answer-by.js'

/** How long to go on: a number of connections or a time, until the gate is sure (at most `max` of them, for `budgetMs`), or held open for a time. */
export type ProbeMode =
  | {readonly type: 'count'; readonly count: number; readonly durationMs?: number}
  | {readonly type: 'until-sure'; readonly max: number; readonly budgetMs: number}
  | {readonly type: 'hold'; readonly count: number; readonly holdMs: number}

export interface ProbeRun extends Omit<ProbeOptions, 'count' | 'durationMs'> {
  readonly mode: ProbeMode
  readonly gate: GateOptions
  readonly expectation: Expectation | undefined
  readonly answerOf: AnswerOfObservation
  readonly seeded: boolean
  /** Called with every observation in the order of the connects; `answer` is undefined where there was none. */
  readonly observed: (observation: Observation, answer: string | undefined) => void
}

export interface ProbeResult {
  readonly durationMs: number
  /** Time to connect, and from there to the first byte of the reply. */
  readonly connect: LatencyHistogram
  readonly firstByte: LatencyHistogram
  readonly counts: Counts
  readonly report: TallyReport
  /** How well a rate was kept; undefined without one. */
  readonly pace?: PaceReport | undefined
  /** What became of connections that were held open. */
  readonly held?: HeldSummary | undefined
}

type Errors = Record<string, number>

/** Probes and judges. Connections that gave no answer are errors of their kind and do not enter the shares. */
export async function probe(run: ProbeRun): Promise<ProbeResult> {
  const {mode, expectation, gate} = run
  const sequential =
    mode.type === 'until-sure' && expectation !== undefined
      ? sequentialGate(expectation, {...gate, max: mode.max, unit: 'connection', seeded: run.seeded})
      : undefined
  const observing = observer(run)
  const startMs = performance.now()
  const decided = await observe(run, observing, sequential)
  const report = decided ?? conclude(run, observing, sequential)
  return {
    durationMs: performance.now() - startMs,
    connect: observing.connect,
    firstByte: observing.firstByte,
    counts: observing.counts(),
    report: withThresholds(report, gate.thresholds, (percentile) => observing.connect.quantile(percentile / 100)),
    pace: observing.pace?.report(),
    held: observing.held?.summary(),
  }
}

interface Observing {
  readonly pace: PaceCount | undefined
  readonly held: HeldCount | undefined
  readonly connect: LatencyHistogram
  readonly firstByte: LatencyHistogram
  readonly errors: Errors
  readonly tried: () => number
  readonly counts: () => Counts
  take(observation: Observation): void
}

function observer({answerOf, observed, pacer, mode}: Pick<ProbeRun, 'answerOf' | 'observed' | 'pacer' | 'mode'>): Observing {
  const pace = pacer === undefined ? undefined : createPaceCount(pacer)
  const held = mode.type === 'hold' ? createHeldCount() : undefined
  const counter = createCounter()
  const connect = latencyHistogram()
  const firstByte = latencyHistogram()
  const errors: Errors = {}
  let tried = 0
  return {
    pace,
    held,
    connect,
    firstByte,
    errors,
    tried: () => tried,
    counts: () => counter.counts(),
    take(observation) {
      pace?.add(observation)
      if (observation.warmup === true) return
      tried++
      if (observation.connectMs !== undefined) connect.record(observation.connectMs)
      if (observation.firstByteMs !== undefined) firstByte.record(observation.firstByteMs)
      const kind = observation.error?.kind ?? (observation.reply === '' ? 'closed' : undefined)
      const answer = kind === undefined ? answerOf(observation) : undefined
      if (kind === undefined) counter.addAnswer(answer, observation.startMs)
      if (kind !== undefined) errors[kind] = (errors[kind] ?? 0) + 1
      observed(observation, answer)
    },
  }
}

/** Connections between two looks at the gate: few at the start, then a fiftieth of what there is. */
const FIRST_LOOK = 10
const LOOKS_PER_SAMPLE = 50

/** Runs until the mode's end; returns the gate's report where it decided. */
async function observe(run: ProbeRun, observing: Observing, gate: SequentialGate | undefined): Promise<TallyReport | undefined> {
  const {mode} = run
  if (mode.type === 'hold') return hold(run, mode, observing)
  const aborted = new AbortController()
  const signal = run.signal === undefined ? aborted.signal : AbortSignal.any([run.signal, aborted.signal])
  const timer = mode.type === 'until-sure' ? setTimeout(() => aborted.abort(), mode.budgetMs) : undefined
  const limits = mode.type === 'count' ? {count: mode.count, durationMs: mode.durationMs} : {count: mode.max}
  let nextLook = FIRST_LOOK
  try {
    for await (const observation of inOrder(runProbe({...run, ...limits, signal}))) {
      observing.take(observation)
      const tried = observing.tried()
      if (gate === undefined || tried < nextLook) continue
      nextLook = tried + Math.max(FIRST_LOOK, Math.floor(tried / LOOKS_PER_SAMPLE))
      const look = gate.look(observing.counts(), observing.errors)
      if (look.state === 'done') return look.report
    }
    return undefined
  } finally {
    clearTimeout(timer)
  }
}

/** Every connection that was opened and answered is an observation; what becomes of it later is counted apart. */
async function hold(run: ProbeRun, {count, holdMs}: Extract<ProbeMode, {type: 'hold'}>, observing: Observing): Promise<undefined> {
  for await (const event of holdConnections({...run, connections: count, holdMs})) {
    observing.held?.add(event)
    const {index, atMs} = event
    if (event.type === 'opened') observing.take({index, startMs: atMs - event.openMs, totalMs: event.openMs, firstByteMs: event.openMs, reply: event.reply})
    if (event.type === 'failed') observing.take({index, startMs: atMs, totalMs: 0, reply: '', error: event.error})
  }
  return undefined
}

/** The report of a run that ended by itself: the fixed test, or what the gate can say of what it has. */
function conclude(run: ProbeRun, observing: Observing, gate: SequentialGate | undefined): TallyReport {
  const {mode, expectation, seeded} = run
  const {thresholds: _, ...options} = run.gate
  const counts = observing.counts()
  if (gate === undefined || mode.type !== 'until-sure') return judge(counts, expectation, {...options, errors: observing.errors, unit: 'connection', seeded})
  const stopped = run.signal?.aborted === true ? 'interrupted' : observing.tried() >= mode.max ? 'max' : 'budget'
  return gate.conclude(counts, stopped, observing.errors)
}

/**
 * 130 where it was interrupted, 8 where nothing could be reached, and otherwise the report's; failed connections without a limit of their own, and held ones
 * that were cut, make a fitting split 5.
 */
export function probeExitCode({report, held}: ProbeResult, isInterrupted: boolean): number {
  if (isInterrupted) return 130
  const {refused = 0, unreachable = 0} = report.errors.byKind
  if (report.n === 0 && report.errors.total > 0) return refused + unreachable === report.errors.total ? 8 : 5
  const isFailing = report.errors.total > 0 && report.errors.limit === null
  const cut = held === undefined ? 0 : held.cut.FIN + held.cut.RST + held.cut.error
  return report.exitCode !== 3 && (isFailing || cut > 0) ? 5 : report.exitCode
}
