import type {WriteStream} from 'node:tty'
import type {ReportContext} from '../../output/formats/report-context.js'
import {renderReport} from '../../output/report/render-report.js'
import {seriesOf} from '../../tally/series.js'
import {terminalColors} from '../colors.js'
import type {ReportSink} from '../flags/report.js'
import {weightLine} from '../report/weight-line.js'
import {writeReport} from '../report/write-report.js'
import type {ProbeResult} from '../verbs/probe.js'
import type {ProbeTarget} from './target.js'

export interface Publication {
  readonly target: ProbeTarget
  readonly startedAt: string
  readonly sinks: readonly ReportSink[]
  /** The manifest that holds the weights. */
  readonly source: string | undefined
  readonly quiet: boolean
}

export interface PublicationStreams {
  readonly out: (text: string) => void
  /** Where people look: standard error. */
  readonly terminal: WriteStream
}

/** Shows the summary to people and writes the report to every sink. */
export async function publishProbe(result: ProbeResult, publication: Publication, {out, terminal}: PublicationStreams): Promise<void> {
  const context = await contextOf(result, publication)
  const {target, sinks, quiet} = publication
  if (!quiet) {
    if (target.note !== undefined) terminal.write(`${target.note}\n`)
    terminal.write(
      `${headline(context)}\n${renderReport(result.report, {width: terminal.columns ?? 80, colors: terminalColors(terminal), run: context})}${loadLines(result)}`,
    )
  }
  await writeReport(sinks, context, {out, stepSummary: process.env['GITHUB_STEP_SUMMARY']})
}

async function contextOf({report, durationMs, firstByte, counts}: ProbeResult, {target, startedAt, source}: Publication): Promise<ReportContext> {
  return {
    report,
    target: target.name,
    startedAt,
    durationMs,
    latency: {of: 'first byte', count: firstByte.count, percentile: (percentile) => firstByte.quantile(percentile / 100)},
    ...(target.expectation === undefined ? {} : {series: seriesOf(counts, target.expectation)}),
    ...(source === undefined ? {} : {source: await weightLine(source)}),
  }
}

function headline({target, report, durationMs}: ReportContext): string {
  const tried = report.n + report.errors.total
  const rate = durationMs > 0 ? `, ${Math.round((1000 * tried) / durationMs)}/s` : ''
  return `${target}: ${tried} connections in ${Math.round(durationMs)} ms${rate}, ${report.errors.total} failed`
}

/** How well the rate was kept, and what became of held connections. */
function loadLines({pace, held}: ProbeResult): string {
  const lines: string[] = []
  if (pace !== undefined) {
    const {intendedPerSecond, achievedPerSecond, late, longestWaitMs, isShort} = pace
    lines.push(
      `${isShort ? '⚠' : ' '} rate: ${achievedPerSecond.toFixed(1)}/s of ${intendedPerSecond.toFixed(1)}/s, ${late} late, at most ${Math.round(longestWaitMs)} ms`,
    )
  }
  if (held !== undefined) {
    const {opened, kept, cut, firstCutMs} = held
    const first = firstCutMs === undefined ? '' : `, the first after ${(firstCutMs / 1000).toFixed(1)} s`
    const cuts = cut.FIN + cut.RST + cut.error
    lines.push(`${cuts > 0 ? '⚠' : ' '} held: ${opened} opened, ${kept} kept, ${cuts} cut (${cut.FIN} FIN, ${cut.RST} RST)${first}`)
  }
  return lines.map((line) => `${line}\n`).join('')
}
