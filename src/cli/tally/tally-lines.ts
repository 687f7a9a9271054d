import {appendFile, readFile} from 'node:fs/promises'
import type {Readable} from 'node:stream'
import {UserError} from '../../base/user-error.js'
import type {AnswerOf} from '../../tally/answer.js'
import type {Counter, Counts} from '../../tally/count.js'
import type {Expectation} from '../../tally/expectation.js'
import {judge} from '../../tally/judge.js'
import {formerRuns, ledgerLine, parseLedger} from '../../tally/ledger.js'
import type {TallyReport} from '../../tally/report.js'
import {sequentialGate, type SequentialGate} from '../../tally/sequential.js'
import {addShards, commonExpectation, type Shard} from '../../tally/shard.js'
import {requireKnownNames, withThresholds} from '../../tally/threshold.js'
import type {GateOptions} from '../flags/gate.js'
import type {ExpectationFound} from '../verbs/expectation-for.js'
import {readCounts} from './read-counts.js'

export interface TallyOptions {
  readonly files: readonly string[]
  readonly stdin: Readable
  readonly answerOf: AnswerOf
  readonly gate: GateOptions
  readonly untilSure: boolean
  readonly ledger: string | undefined
  /** Reads on as a file grows, until this aborts. */
  readonly follow?: AbortSignal | undefined
  /** The weights to judge by where no shard brings its own. */
  readonly applied: () => Promise<ExpectationFound>
}

export interface Tallied {
  readonly report: TallyReport
  readonly counts: Counts
  readonly expectation: Expectation | undefined
  /** Why lines were only counted. */
  readonly note?: string
}

const LOOK_EVERY = 25

/** Counts and judges lines, alone or together with shards and a ledger. Throws a UserError for input that cannot be used. */
export async function tallyLines(options: TallyOptions): Promise<Tallied> {
  const {files, stdin, answerOf, gate} = options
  let stopper: ((counter: Counter) => boolean) | undefined
  const found = options.untilSure && (files.length === 0 || options.follow !== undefined) ? await options.applied() : undefined
  if (found?.value !== undefined) stopper = stopWhenSure(sequentialGate(found.value, {...gate, max: Infinity}))
  const {counter, shards} = await readCounts({files, stdin, answerOf, follow: options.follow, ...(stopper === undefined ? {} : {counted: stopper})})
  const fromShards = commonExpectation(shards)
  const {value: expectation, note} = fromShards === undefined ? (found ?? (await options.applied())) : {value: fromShards, note: undefined}
  requireKnownNames(gate.thresholds, expectation?.shares.map(({name}) => name) ?? [])
  const own = addShards(counter.counts(), shards)
  const shard: Shard = {name: 'this run', expectation, answers: own.answers, errors: addErrors(shards)}
  const former = options.ledger === undefined ? [] : formerRuns(await readLedger(options.ledger), shard, options.ledger)
  const counts = addShards(own, former)
  const report = withThresholds(judgeAll(counts, expectation, addErrors([shard, ...former]), options), gate.thresholds)
  if (options.ledger !== undefined) await appendFile(options.ledger, ledgerLine(shard, report, new Date().toISOString()), {mode: 0o600})
  return {report, counts, expectation, ...(note === undefined ? {} : {note})}
}

/** What may be looked at again and again is judged by the gate; a sample of its own by the exact test. */
function judgeAll(counts: Counts, expectation: Expectation | undefined, errors: Record<string, number>, {gate, untilSure, ledger}: TallyOptions): TallyReport {
  const {thresholds: _, ...options} = gate
  const isSequential = (untilSure || ledger !== undefined) && expectation !== undefined
  return isSequential
    ? sequentialGate(expectation, {...options, max: Infinity}).conclude(counts, 'end', errors)
    : judge(counts, expectation, {...options, errors})
}

function stopWhenSure(gate: SequentialGate): (counter: Counter) => boolean {
  let lines = 0
  return (counter) => ++lines % LOOK_EVERY === 0 && gate.look(counter.counts()).state === 'done'
}

function addErrors(shards: readonly Shard[]): Record<string, number> {
  const total: Record<string, number> = {}
  for (const {errors} of shards) {
    for (const [kind, count] of Object.entries(errors)) total[kind] = (total[kind] ?? 0) + count
  }
  return total
}

async function readLedger(file: string): Promise<ReturnType<typeof parseLedger>> {
  try {
    return parseLedger(await readFile(file, 'utf8'), file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error instanceof UserError ? error : new UserError(`cannot read ${file}: ${(error as Error).message}`, {exitCode: 65})
  }
}
