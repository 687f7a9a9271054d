import type {Finding} from '../../analyze/finding.js'
import {atLeast, selectFindings} from '../../analyze/select-findings.js'
import {formatFindings, type FindingFormat} from '../../output/findings/finding-formats.js'
import type {AnalyzeOptions} from './analyze-flags.js'
import {issuesText, parseErrorsText, successText, unparsedText} from './analysis-texts.js'
import type {ReadObjects} from './read-objects.js'

export interface Analysis {
  readonly findings: readonly Finding[]
  readonly files: ReadObjects
  readonly filenames: readonly string[]
}

export interface Streams {
  readonly out: (text: string) => void
  readonly say: (line: string) => void
}

const FOUND_ISSUES = 79
const UNREADABLE = 65
/** Formats in which the exit code says nothing, in istioctl and therefore here. */
const ALWAYS_ZERO: readonly FindingFormat[] = ['json', 'yaml']

/**
 * Prints the findings to stdout and what goes with them to stderr; the result is the exit code. It depends on findings that are below the output
 * threshold too.
 */
export function printAnalysis({findings, files, filenames}: Analysis, options: AnalyzeOptions, {out, say}: Streams): number {
  const selected = selectFindings(findings, options)
  const failing = new Set(atLeast(selected, options.failureThreshold))
  const shown = atLeast(selected, options.outputThreshold)
  const hasUnread = files.problems.length > 0 && !options.ignoresUnknown
  const exitCode = ALWAYS_ZERO.includes(options.format) ? 0 : failing.size > 0 ? FOUND_ISSUES : hasUnread ? UNREADABLE : 0
  if (files.problems.length > 0) say(parseErrorsText(files))
  out(formatFindings(shown, options.format, {isColored: options.isColored, exitCode, isFailure: (finding) => failing.has(finding)}))
  if (shown.length === 0) say(emptyText({findings, files, filenames}, options))
  const elsewhere = atLeast(selectFindings(findings, {...options, namespace: undefined}), 'Warning').length - atLeast(selected, 'Warning').length
  if (elsewhere > 0) say(`note: ${elsewhere} more in other namespaces: -A shows them, -n NAMESPACE those of one`)
  if (exitCode === FOUND_ISSUES) say(issuesText(options.namespace))
  if (exitCode === UNREADABLE) say("Error: Some files couldn't be parsed.")
  return exitCode
}

function emptyText({files, filenames}: Analysis, {namespace}: AnalyzeOptions): string {
  const broken = new Set(files.problems.map(({file}) => file)).size
  return broken > 0 ? unparsedText(broken, namespace) : successText(filenames, namespace)
}
