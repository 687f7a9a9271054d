import {isJsonObject} from '../api/object.js'
import {UserError} from '../base/user-error.js'
import {type Shard, weightsOf} from './shard.js'
import type {TallyReport} from './report.js'

/** One run in a ledger: a line of JSON. */
export interface LedgerEntry {
  /** RFC 3339. */
  readonly date: string
  /** As `weightsOf`: runs with the same weights add up. */
  readonly weights: string
  readonly answers: readonly {readonly answer: string; readonly count: number}[]
  readonly errors: Readonly<Record<string, number>>
  /** The verdict on everything up to and with this run. */
  readonly verdict: string
}

/** Reads a ledger's text. Throws a UserError (exit code 65) that names the line which is no entry. */
export function parseLedger(text: string, file: string): readonly LedgerEntry[] {
  return text.split('\n').flatMap((line, index) => (line.trim() === '' ? [] : [parseEntry(line, `${file}:${index + 1}`)]))
}

function parseEntry(line: string, place: string): LedgerEntry {
  try {
    const value: unknown = JSON.parse(line)
    if (isJsonObject(value) && typeof value['weights'] === 'string' && Array.isArray(value['answers'])) return value as unknown as LedgerEntry
  } catch {
    // said below: whatever is wrong with it, it is no entry
  }
  throw new UserError(`${place} is no line of a ledger`, {hint: 'a ledger is written by tshift tally --append FILE', exitCode: 65})
}

/**
 * The former runs that the present one adds to, as shards: those with its weights. Throws a UserError (exit code 2) where the newest run had others:
 * the configuration has changed, and a new ledger has to begin.
 */
export function formerRuns(entries: readonly LedgerEntry[], shard: Shard, file: string): readonly Shard[] {
  const weights = weightsOf(shard.expectation)
  const other = entries.find((entry) => entry.weights !== weights)
  if (other !== undefined) {
    throw new UserError(`${file} holds runs with the weights ${other.weights}, this one has ${weights}`, {
      hint: 'begin a new ledger for a new configuration',
      exitCode: 2,
    })
  }
  return entries.map(({answers, errors, date}) => ({name: date, expectation: shard.expectation, answers, errors}))
}

/** The line to append for a run: its own counts, and the verdict on all. */
export function ledgerLine(shard: Shard, report: TallyReport, date: string): string {
  const entry: LedgerEntry = {date, weights: weightsOf(shard.expectation), answers: shard.answers, errors: shard.errors, verdict: report.verdict}
  return `${JSON.stringify(entry)}\n`
}
