import {appendFile, writeFile} from 'node:fs/promises'
import {UserError} from '../../base/user-error.js'
import {githubSummary} from '../../output/formats/github-summary.js'
import type {ReportContext} from '../../output/formats/report-context.js'
import {reportFormats} from '../../output/formats/report-formats.js'
import {renderReport} from '../../output/report/render-report.js'
import type {ReportSink} from '../flags/report.js'

export interface ReportStreams {
  /** Data for the caller. */
  readonly out: (text: string) => void
  /** GitHub's file for the summary of a step, where there is one. */
  readonly stepSummary?: string | undefined
}

/**
 * Writes the report to every sink. `text` on standard output is the command's own business: it knows the terminal. In GitHub Actions
 * the `github` format also adds its table to the step's summary. Throws a UserError where a file cannot be written.
 */
export async function writeReport(sinks: readonly ReportSink[], context: ReportContext, {out, stepSummary}: ReportStreams): Promise<void> {
  for (const {format, file} of sinks) {
    const text = format === 'text' ? renderReport(context.report, {run: context}) : (reportFormats.get(format)?.(context) ?? '')
    if (file !== undefined) await save(file, text, writeFile)
    else if (format !== 'text') out(text)
    if (format === 'github' && stepSummary !== undefined) await save(stepSummary, githubSummary(context), appendFile)
  }
}

async function save(file: string, text: string, write: (file: string, text: string) => Promise<void>): Promise<void> {
  try {
    await write(file, text)
  } catch (error) {
    throw new UserError(`cannot write the report to ${file}: ${(error as Error).message}`)
  }
}
