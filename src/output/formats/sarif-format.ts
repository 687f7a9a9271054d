import {formatJson} from '../json.js'
import {verdictSentence} from '../report/sentences.js'
import {checksOf, type Check} from './checks.js'
import type {ReportContext} from './report-context.js'

const RULES = [
  {id: 'tshift/split', name: 'TrafficSplit', text: 'Shares of new connections must be those of the applied weights.'},
  {id: 'tshift/inconclusive', name: 'TrafficSplitInconclusive', text: 'The connections made must be enough to tell whether the split is right.'},
  {id: 'tshift/errors', name: 'ConnectionErrors', text: 'No more connections may fail than the limit allows.'},
  {id: 'tshift/order', name: 'RandomOrder', text: 'Each connection should be drawn independently of those before.'},
  {id: 'tshift/threshold', name: 'Threshold', text: 'Thresholds on numbers of the report must hold.'},
] as const

/** SARIF 2.1.0 for code scanning: a result per check that fails, warns or cannot tell, at the weights in the YAML. */
export function sarifFormat(context: ReportContext): string {
  const {report, startedAt, target} = context
  const results = checksOf(report).flatMap((check) => resultOf(check, context))
  return formatJson({
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {driver: {name: 'tshift', rules: RULES.map(({id, name, text}) => ({id, name, shortDescription: {text}}))}},
        invocations: [{executionSuccessful: true, exitCode: report.exitCode, startTimeUtc: startedAt}],
        properties: {target, verdict: report.verdict, summary: verdictSentence(report)},
        results,
      },
    ],
  })
}

function resultOf({kind, name, state, message}: Check, {source, target}: ReportContext): readonly object[] {
  if (state === 'pass' || state === 'open') return []
  const ruleId = state === 'inconclusive' ? 'tshift/inconclusive' : `tshift/${kind}`
  return [
    {
      ruleId,
      ruleIndex: RULES.findIndex(({id}) => id === ruleId),
      level: state === 'fail' ? 'error' : 'warning',
      message: {text: message},
      partialFingerprints: {check: `${target} ${name}`},
      locations: source === undefined ? [] : [{physicalLocation: {artifactLocation: {uri: uriOf(source.file)}, region: {startLine: source.line}}}],
    },
  ]
}

/** A path as a relative URI reference; absolute paths get the file scheme. */
function uriOf(file: string): string {
  const path = file.replaceAll('\\', '/').split('/').map(encodeURIComponent).join('/')
  return path.startsWith('/') ? `file://${path}` : path.replace(/^\.\//, '')
}
