import {reportDocument, type ReportDocument} from './json-format.js'
import type {ReportContext} from './report-context.js'

/** A line of `-o jsonl` as observations come in; `type` tells the lines apart. Times in milliseconds. */
export interface ObservationLine {
  readonly type: 'observation'
  /** Order of the connect, from 0. */
  readonly index: number
  /** Since the run began. */
  readonly startMs: number
  readonly connectMs?: number
  readonly firstByteMs?: number
  readonly totalMs: number
  /** What told the subset; null where the connection gave no answer. */
  readonly answer: string | null
  readonly source?: string
  readonly error?: {readonly kind: string; readonly message: string}
}

/** The last line of `-o jsonl`. */
export type ReportLine = {readonly type: 'report'} & ReportDocument

/** One observation as one line, line feed included. */
export function observationLine(observation: Omit<ObservationLine, 'type'>): string {
  const {index, startMs, connectMs, firstByteMs, totalMs, answer, source, error} = observation
  return lineOf({type: 'observation', index, startMs, connectMs, firstByteMs, totalMs, answer, source, error})
}

/** The report as the last line. */
export function jsonlFormat(context: ReportContext): string {
  const line: ReportLine = {type: 'report', ...reportDocument(context)}
  return lineOf(line)
}

/** U+2028 and U+2029 end a line for some readers, though not for JSON. */
function lineOf(value: unknown): string {
  return JSON.stringify(value).replace(/[\u2028\u2029]/g, (character) => `\\u${character.charCodeAt(0).toString(16)}`) + '\n'
}
